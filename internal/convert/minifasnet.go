package convert

func fromMiniFASNet(src Source, se bool) (*graph, error) { return nil, damaged("todo") }
