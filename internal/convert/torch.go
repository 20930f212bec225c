package convert

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
)

// readTorch reads the float tensors of a PyTorch checkpoint that holds a state
// dict, in either container: the zip file of today, or the older sequence of
// pickles. Other tensors (counters) are left out.
func readTorch(data []byte) (map[string]*tensor, error) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return readTorchZip(data)
	}
	return readTorchLegacy(data)
}

// maxZipEntries limits a checkpoint in a zip file: one entry per tensor.
const maxZipEntries = 4096

func readTorchZip(data []byte) (map[string]*tensor, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > maxZipEntries {
		return nil, damaged("checkpoint is not a readable zip file")
	}
	files := map[string]*zip.File{} // by name inside the one folder
	for _, f := range z.File {
		_, name, _ := strings.Cut(f.Name, "/")
		files[name] = f
	}
	index, err := readStored(files["data.pkl"])
	if err != nil {
		return nil, err
	}
	dict, _, err := unpickle(index)
	if err != nil {
		return nil, err
	}
	return collect(dict, func(key string) ([]byte, error) {
		return readStored(files["data/"+key])
	})
}

// readStored reads an entry that is stored without compression, as PyTorch
// writes them all; its size is then bounded by the file's.
func readStored(f *zip.File) ([]byte, error) {
	if f == nil || f.Method != zip.Store || f.UncompressedSize64 > MaxSourceBytes {
		return nil, damaged("checkpoint lacks an entry or has it compressed")
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged("checkpoint: %v", err)
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, MaxSourceBytes))
	if err != nil {
		return nil, damaged("checkpoint: %v", err)
	}
	return b, nil
}

// torchMagic is the number 0x1950a86a20f9469cfc6c that begins the older
// container, as bytes of a pickle.
const torchMagic = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"

// readTorchLegacy reads, one after another: the pickles of a magic number, of the
// protocol's version, of facts about the machine, of the state dict and of the
// list of storages, then each storage with its number of elements before it.
func readTorchLegacy(data []byte) (map[string]*tensor, error) {
	var parts [5]any
	var err error
	for k := range parts {
		if parts[k], data, err = unpickle(data); err != nil {
			return nil, err
		}
	}
	machine, _ := parts[2].(*pickleDict)
	keys, _ := parts[4].(*pickleList)
	if parts[0] != pickleLong(torchMagic) || parts[1] != 1001 || machine == nil || keys == nil ||
		machine.items["little_endian"] != true {
		return nil, damaged("checkpoint is of an unknown form")
	}
	classes, err := storageClasses(parts[3])
	if err != nil {
		return nil, err
	}
	storages := map[string][]byte{}
	for _, k := range keys.items {
		key, ok := k.(string)
		size := map[pickleGlobal]int{floatStorage: 4, longStorage: 8}[classes[key]]
		if !ok || size == 0 || len(data) < 8 {
			return nil, damaged("checkpoint has a storage that no tensor uses, or is cut off")
		}
		n := binary.LittleEndian.Uint64(data)
		data = data[8:]
		if n > uint64(len(data)/size) {
			return nil, damaged("checkpoint is cut off")
		}
		storages[key], data = data[:int(n)*size], data[int(n)*size:]
	}
	return collect(parts[3], func(key string) ([]byte, error) {
		raw, ok := storages[key]
		if !ok {
			return nil, damaged("checkpoint lacks storage %q", key)
		}
		return raw, nil
	})
}

// storageClasses tells what the storages of a state dict hold.
func storageClasses(v any) (map[string]pickleGlobal, error) {
	dict, ok := v.(*pickleDict)
	if !ok {
		return nil, damaged("checkpoint holds no state dict")
	}
	classes := map[string]pickleGlobal{}
	for _, item := range dict.items {
		if t, ok := item.(tensorRef); ok {
			classes[t.storage.key] = t.storage.class
		}
	}
	return classes, nil
}

// collect reads the float tensors of a state dict; storage gives the bytes of one
// storage.
func collect(v any, storage func(key string) ([]byte, error)) (map[string]*tensor, error) {
	dict, ok := v.(*pickleDict)
	if !ok {
		return nil, damaged("checkpoint holds no state dict")
	}
	tensors, used, total := map[string]*tensor{}, map[string]bool{}, 0
	for name, item := range dict.items {
		ref, ok := item.(tensorRef)
		if !ok || used[ref.storage.key] {
			return nil, damaged("checkpoint holds %q, which is no tensor or shares its storage", name)
		}
		if ref.storage.class != floatStorage {
			continue
		}
		used[ref.storage.key] = true
		raw, err := storage(ref.storage.key)
		if err != nil {
			return nil, err
		}
		if total += len(raw); total > MaxSourceBytes {
			return nil, damaged("checkpoint is larger than %d bytes", MaxSourceBytes)
		}
		n, err := elements(ref.shape)
		if err != nil {
			return nil, err
		}
		if !ref.contiguous() || ref.offset < 0 || ref.offset > len(raw)/4-n {
			return nil, damaged("tensor %q lies outside its storage or is not in one piece", name)
		}
		tensors[name] = &tensor{shape: ref.shape, f: float32s(raw[4*ref.offset : 4*(ref.offset+n)])}
	}
	return tensors, nil
}

// contiguous tells whether the elements lie in row-major order without gaps.
func (t tensorRef) contiguous() bool {
	step := 1
	for k := len(t.shape) - 1; k >= 0; k-- {
		if t.shape[k] != 1 && t.strides[k] != step {
			return false
		}
		step *= t.shape[k]
	}
	return true
}
