package convert

func fromOpenVINO(src Source) (*graph, error) { return nil, damaged("todo") }
