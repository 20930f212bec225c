package shots

import (
	"fmt"
	"path"
	"strings"
)

// plainName gives the name as it counts for the order: with slashes, which some
// programs of Windows write the other way, without the drive and the root that
// others put in front. Nothing is unpacked to a path, so these mean nothing. It is
// not ok when the name leads upwards or holds what no name holds.
func plainName(name string) (plain string, folder, ok bool) {
	name = strings.ReplaceAll(name, "\\", "/")
	if len(name) > 1 && name[1] == ':' && isLetter(name[0]) {
		name = name[2:]
	}
	if name == "" || strings.Contains(name, "\x00") {
		return "", false, false
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return "", false, false
		}
	}
	return strings.TrimPrefix(path.Clean("/"+name), "/"), strings.HasSuffix(name, "/"), true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// ignored knows what systems put into archives unasked: hidden files and folders,
// such as .DS_Store, .nomedia and AppleDouble's ._ beside each file, and a few that
// go by their names.
func ignored(name string) bool {
	for part := range strings.SplitSeq(strings.ToLower(name), "/") {
		switch {
		case strings.HasPrefix(part, "."):
			return true
		case part == "__macosx", part == "@eadir", part == "$recycle.bin", part == "system volume information":
			return true
		}
	}
	switch base := strings.ToLower(path.Base(name)); base {
	case "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "folder.ini", "picasa.ini", "icon\r":
		return true
	}
	return false
}

// aes marks an entry that WinZip encrypted; its true method lies elsewhere.
const aes = 99

// methodName gives the common name of a compression method, by the numbers of
// PKWARE's APPNOTE, 4.4.5.
func methodName(method uint16) string {
	switch method {
	case 1:
		return "Shrink"
	case 2, 3, 4, 5:
		return "Reduce"
	case 6:
		return "Implode"
	case 9:
		return "Deflate64"
	case 12:
		return "bzip2"
	case 14:
		return "LZMA"
	case 20, 93:
		return "Zstandard"
	case 94:
		return "MP3"
	case 95:
		return "XZ"
	case 96:
		return "JPEG"
	case 97:
		return "WavPack"
	case 98:
		return "PPMd"
	}
	return fmt.Sprintf("method %d", method)
}
