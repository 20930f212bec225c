package sandbox

import (
	"fmt"
	"runtime"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Harden takes from this process, all threads, what a decoder that already has
// its descriptors can do without: opening, naming or changing files and
// executing programs. Without seccomp it does nothing.
func Harden() error {
	if !Probe().Seccomp {
		return nil
	}
	return filter(append(deniedToAll(), deniedToWorkers()...))
}

// deniedToAll are the system calls that no decoder needs: network, other
// processes, devices of the kernel, changes of files and of the machine.
// Landlock knows neither UDP nor changes of ownership, mode and time.
func deniedToAll() []uint32 {
	return append(deniedHere(),
		unix.SYS_SOCKET, unix.SYS_SOCKETPAIR, unix.SYS_CONNECT, unix.SYS_BIND, unix.SYS_LISTEN, unix.SYS_ACCEPT, unix.SYS_ACCEPT4,
		unix.SYS_PTRACE, unix.SYS_PROCESS_VM_READV, unix.SYS_PROCESS_VM_WRITEV, unix.SYS_PROCESS_MADVISE, unix.SYS_KCMP,
		unix.SYS_PIDFD_OPEN, unix.SYS_PIDFD_GETFD, unix.SYS_PIDFD_SEND_SIGNAL, unix.SYS_KILL, unix.SYS_TKILL,
		unix.SYS_BPF, unix.SYS_PERF_EVENT_OPEN, unix.SYS_USERFAULTFD, unix.SYS_KEYCTL, unix.SYS_ADD_KEY, unix.SYS_REQUEST_KEY,
		unix.SYS_IO_URING_SETUP, unix.SYS_IO_URING_ENTER, unix.SYS_IO_URING_REGISTER, unix.SYS_IO_SETUP, unix.SYS_IO_SUBMIT,
		unix.SYS_MOUNT, unix.SYS_UMOUNT2, unix.SYS_PIVOT_ROOT, unix.SYS_CHROOT, unix.SYS_UNSHARE, unix.SYS_SETNS,
		unix.SYS_MOVE_MOUNT, unix.SYS_OPEN_TREE, unix.SYS_FSOPEN, unix.SYS_FSMOUNT, unix.SYS_FSCONFIG, unix.SYS_MOUNT_SETATTR,
		unix.SYS_INIT_MODULE, unix.SYS_FINIT_MODULE, unix.SYS_DELETE_MODULE, unix.SYS_KEXEC_LOAD, unix.SYS_REBOOT,
		unix.SYS_SETHOSTNAME, unix.SYS_SETDOMAINNAME, unix.SYS_CLOCK_SETTIME, unix.SYS_SETTIMEOFDAY, unix.SYS_ADJTIMEX, unix.SYS_CLOCK_ADJTIME,
		unix.SYS_SWAPON, unix.SYS_SWAPOFF, unix.SYS_ACCT, unix.SYS_QUOTACTL, unix.SYS_SYSLOG, unix.SYS_PERSONALITY,
		unix.SYS_SETUID, unix.SYS_SETGID, unix.SYS_SETREUID, unix.SYS_SETREGID, unix.SYS_SETRESUID, unix.SYS_SETRESGID,
		unix.SYS_SETGROUPS, unix.SYS_SETFSUID, unix.SYS_SETFSGID, unix.SYS_CAPSET,
		unix.SYS_FCHMOD, unix.SYS_FCHMODAT, unix.SYS_FCHOWN, unix.SYS_FCHOWNAT, unix.SYS_UTIMENSAT,
		unix.SYS_SETXATTR, unix.SYS_LSETXATTR, unix.SYS_FSETXATTR, unix.SYS_REMOVEXATTR, unix.SYS_LREMOVEXATTR, unix.SYS_FREMOVEXATTR,
		unix.SYS_MKNODAT, unix.SYS_LINKAT, unix.SYS_SYMLINKAT, unix.SYS_UNLINKAT, unix.SYS_RENAMEAT2, unix.SYS_MKDIRAT, unix.SYS_TRUNCATE,
		unix.SYS_OPEN_BY_HANDLE_AT, unix.SYS_NAME_TO_HANDLE_AT, unix.SYS_MEMFD_CREATE, unix.SYS_MEMFD_SECRET,
	)
}

// deniedToWorkers come on top once a worker has all its descriptors.
func deniedToWorkers() []uint32 {
	return append(deniedToWorkersHere(), unix.SYS_OPENAT, unix.SYS_OPENAT2, unix.SYS_EXECVE, unix.SYS_EXECVEAT, unix.SYS_CHDIR, unix.SYS_FCHDIR)
}

// filter makes the kernel refuse the calls with EPERM in all threads and what
// they execute. New processes are refused and new threads allowed: clone by its
// flags; clone3, whose flags a filter cannot see, as unknown, whereupon the C
// library takes clone.
func filter(denied []uint32) error {
	const (
		allow    = unix.SECCOMP_RET_ALLOW
		refuse   = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
		unknown  = unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)
		load     = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		equal    = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		atLeast  = unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K
		anyBit   = unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K
		give     = unix.BPF_RET | unix.BPF_K
		atNumber = 0  // offsets in struct seccomp_data
		atArch   = 4  //
		atArg0   = 16 // low half, little endian
		// Numbers from here on belong to the x32 calling convention of amd64.
		foreign = 0x40000000
	)
	p := []unix.SockFilter{
		{Code: load, K: atArch},
		{Code: equal, K: auditArch, Jt: 1},
		{Code: give, K: refuse},
		{Code: load, K: atNumber},
		{Code: atLeast, K: foreign, Jf: 1},
		{Code: give, K: refuse},
		{Code: equal, K: unix.SYS_CLONE3, Jf: 1},
		{Code: give, K: unknown},
		{Code: equal, K: unix.SYS_CLONE, Jf: 4},
		{Code: load, K: atArg0},
		{Code: anyBit, K: unix.CLONE_THREAD, Jt: 1},
		{Code: give, K: refuse},
		{Code: give, K: allow},
	}
	for _, nr := range slices.Compact(slices.Sorted(slices.Values(denied))) {
		p = append(p, unix.SockFilter{Code: equal, K: nr, Jf: 1}, unix.SockFilter{Code: give, K: refuse})
	}
	p = append(p, unix.SockFilter{Code: give, K: allow})
	prog := unix.SockFprog{Len: uint16(len(p)), Filter: &p[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&prog)))
	runtime.KeepAlive(p)
	if errno != 0 {
		return fmt.Errorf("filter of %d: %w", len(p), errno)
	}
	return nil
}
