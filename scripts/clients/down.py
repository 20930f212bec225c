"""OpenAPI 3.1 to 3.0.3, as far as api/openapi.json needs it, for generators that read no 3.1.

What 3.0 cannot say is left out: it is about what a server refuses, not about the shape of
answers. Usage: down.py FROM TO
"""

import json
import sys

LEFT_OUT = ("propertyNames", "contentMediaType", "examples")


def schema(s):
    """Rewrites a schema and all below it."""
    if not isinstance(s, dict):
        return s
    s = {name: value for name, value in s.items() if name not in LEFT_OUT}
    if "const" in s:
        s["enum"] = [s.pop("const")]
    if s.pop("contentEncoding", "") == "base64":
        s["format"] = "byte"
    if isinstance(s.get("type"), list):
        s["nullable"] = "null" in s["type"]
        s["type"] = next(t for t in s["type"] if t != "null")
    if "anyOf" in s and "type" in s:
        del s["anyOf"]  # several formats of one type
    if {"type": "null"} in s.get("oneOf", []):
        s["allOf"] = [one for one in s.pop("oneOf") if one != {"type": "null"}]
        s["nullable"] = True
    if "$ref" in s and len(s) > 1:
        s["allOf"] = [{"$ref": s.pop("$ref")}]
    for name in ("items", "additionalProperties"):
        if name in s:
            s[name] = schema(s[name])
    for name in ("oneOf", "allOf", "anyOf"):
        if name in s:
            s[name] = [schema(one) for one in s[name]]
    if "properties" in s:
        s["properties"] = {name: schema(value) for name, value in s["properties"].items()}
    return s


def walk(node):
    """Rewrites the schemas of a document."""
    if isinstance(node, list):
        return [walk(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {name: schema(value) if name == "schema" else value if name == "example" else walk(value) for name, value in node.items()}


def main(source, target):
    with open(source, encoding="utf-8") as f:
        api = json.load(f)
    api["openapi"] = "3.0.3"
    del api["info"]["license"]["identifier"]
    schemas = api["components"].pop("schemas")
    api = walk(api)
    api["components"]["schemas"] = {name: schema(s) for name, s in schemas.items()}
    with open(target, "w", encoding="utf-8") as f:
        json.dump(api, f, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
