package sandbox

import "golang.org/x/sys/unix"

const auditArch = unix.AUDIT_ARCH_AARCH64

// deniedHere are the older calls that arm64 has beside the general ones.
func deniedHere() []uint32 { return []uint32{unix.SYS_RENAMEAT, unix.SYS_KEXEC_FILE_LOAD} }

func deniedToWorkersHere() []uint32 { return nil }
