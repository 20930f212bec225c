package convert

// What a pickle may hold, besides nil, bool, int and string.
type (
	pickleLong   string // an integer of more than 8 bytes, as it stands in the file
	pickleTuple  []any
	pickleList   struct{ items []any }
	pickleDict   struct{ items map[string]any } // only keys that are texts
	pickleGlobal string                         // module and name, joined by a blank
	pickleMark   struct{}
)

// storageRef names the storage that a persistent id points to.
type storageRef struct {
	class pickleGlobal
	key   string
}

// tensorRef is a view of a storage.
type tensorRef struct {
	storage storageRef
	offset  int
	shape   []int
	strides []int
}

// The globals that a state dict uses; nothing else is accepted, and none is ever
// looked up or run: they are names that call understands.
const (
	orderedDict   pickleGlobal = "collections OrderedDict"
	rebuildTensor pickleGlobal = "torch._utils _rebuild_tensor"
	rebuildV2     pickleGlobal = "torch._utils _rebuild_tensor_v2"
	floatStorage  pickleGlobal = "torch FloatStorage"
	longStorage   pickleGlobal = "torch LongStorage"
)

// call makes the object that a global makes of its arguments.
func call(f pickleGlobal, args pickleTuple) (any, error) {
	switch {
	case f == orderedDict && len(args) == 0:
		return &pickleDict{map[string]any{}}, nil
	case f == rebuildTensor && len(args) == 4, f == rebuildV2 && len(args) >= 6:
		s, ok := args[0].(storageRef)
		offset, ok1 := args[1].(int)
		shape, ok2 := intTuple(args[2])
		strides, ok3 := intTuple(args[3])
		if !ok || !ok1 || !ok2 || !ok3 || len(shape) != len(strides) {
			return nil, damaged("pickle rebuilds a tensor from something else")
		}
		return tensorRef{s, offset, shape, strides}, nil
	}
	return nil, damaged("pickle calls %q with %d arguments", f, len(args))
}

// storageOf understands the persistent id ("storage", class, key, device, count,
// ...).
func storageOf(id any) (storageRef, error) {
	t, _ := id.(pickleTuple)
	if len(t) >= 5 && t[0] == "storage" {
		class, ok1 := t[1].(pickleGlobal)
		key, ok2 := t[2].(string)
		if ok1 && ok2 && (class == floatStorage || class == longStorage) && (len(t) == 5 || t[5] == nil) {
			return storageRef{class, key}, nil
		}
	}
	return storageRef{}, damaged("pickle points to something else than a storage")
}

func intTuple(v any) ([]int, bool) {
	t, ok := v.(pickleTuple)
	if !ok || len(t) > 8 {
		return nil, false
	}
	out := make([]int, len(t))
	for k, item := range t {
		if out[k], ok = item.(int); !ok {
			return nil, false
		}
	}
	return out, true
}

// set takes keys and values in turn.
func (d *pickleDict) set(items []any) error {
	if len(items)%2 != 0 {
		return damaged("pickle has a key without a value")
	}
	for k := 0; k < len(items); k += 2 {
		key, ok := items[k].(string)
		if !ok {
			return damaged("pickle has a key that is no text")
		}
		d.items[key] = items[k+1]
	}
	return nil
}
