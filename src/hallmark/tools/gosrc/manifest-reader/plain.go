package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

const depthLimit = 100

var (
	integer = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})$`)
	// What begins with a digit and is text in every dialect: amounts, shares, addresses, times of a CronJob.
	amount = regexp.MustCompile(`^([1-9][0-9]{0,14}(m|k|M|G|T|Ki|Mi|Gi|Ti|s|h)|[0-9]{1,3}%|[0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?|[0-9]{1,2}( [0-9*/,-]{1,20}){4})$`)
	// Words that some dialect reads as something else than text.
	ambiguous = map[string]bool{
		"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true, "true": true, "false": true,
		"null": true,
	}
)

// isPlain says whether a text has only characters that all parsers take for the same, and no directive or end mark.
func isPlain(text []byte) bool {
	for at := 0; at < len(text); {
		one := text[at]
		if one == '\n' || (' ' <= one && one <= '~') {
			at++
			continue
		}
		letter, size := utf8.DecodeRune(text[at:])
		if letter < 0xa0 || letter == 0x2028 || letter == 0x2029 || letter == 0xfeff || letter >= 0xfffd {
			return false
		}
		at += size
	}
	for _, mark := range []string{"%", "..."} {
		if bytes.HasPrefix(text, []byte(mark)) || bytes.Contains(text, []byte("\n"+mark)) {
			return false
		}
	}
	return true
}

// objectsIn reads all objects of a text; false where one is not plain, unknown, or has a problem.
func objectsIn(known *table, text []byte) ([]object, bool) {
	var found []object
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			return found, true
		}
		if err != nil || document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
			return nil, false
		}
		root := document.Content[0]
		if root.Kind == yaml.ScalarNode {
			if kind, ok := scalarOf(root); !ok || kind != isNull {
				return nil, false
			}
			continue
		}
		one, ok := objectOf(known, root)
		if !ok {
			return nil, false
		}
		found = append(found, one)
	}
}

func objectOf(known *table, root *yaml.Node) (object, bool) {
	version, kind := textAt(root, "apiVersion"), textAt(root, "kind")
	described, ok := known.Kinds[version+"/"+kind]
	if !ok || version == "" || kind == "" || strings.HasSuffix(kind, "List") {
		return object{}, false
	}
	metadata := valueAt(root, "metadata")
	name := textAt(metadata, "name")
	if name == "" {
		name = textAt(metadata, "generateName")
	}
	if name == "" {
		return object{}, false
	}
	group, short := "", version
	if slash := strings.LastIndexByte(version, '/'); slash >= 0 {
		group, short = version[:slash], version[slash+1:]
	}
	one := writer{known: known}
	one.entry = append(one.entry, `"type":`...)
	one.entry = appendText(one.entry, group+"/"+kind)
	one.entry = append(one.entry, `,"version":`...)
	one.entry = appendText(one.entry, short)
	one.entry = append(one.entry, `,"namespaced":`...)
	one.entry = strconv.AppendBool(one.entry, described.Namespaced)
	one.entry = append(one.entry, `,"object":`...)
	if !one.value(root, described.Definition, false, 0) {
		return object{}, false
	}
	return object{
		Line: root.Line, Kind: kind, Namespace: textAt(metadata, "namespace"), Name: name,
		Namespaced: described.Namespaced,
		Entry:      len(one.entry), Lines: len(one.lines), entry: one.entry, lines: one.lines,
	}, true
}

func valueAt(node *yaml.Node, key string) *yaml.Node {
	if node != nil && node.Kind == yaml.MappingNode {
		for at := 0; at+1 < len(node.Content); at += 2 {
			if node.Content[at].Value == key {
				return node.Content[at+1]
			}
		}
	}
	return nil
}

// textAt is the text at a key, empty where something else is; whether it may be is the schema's to say.
func textAt(node *yaml.Node, key string) string {
	value := valueAt(node, key)
	if value == nil || value.Kind != yaml.ScalarNode {
		return ""
	}
	if kind, ok := scalarOf(value); !ok || kind != isText {
		return ""
	}
	return value.Value
}

type scalar int

const (
	isText scalar = iota
	isNull
	isBoolean
	isInteger
)

// scalarOf says what a scalar is; false where dialects of YAML differ about it, or might.
func scalarOf(node *yaml.Node) (scalar, bool) {
	if node.Anchor != "" || node.Style&yaml.TaggedStyle != 0 {
		return isText, false
	}
	if node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return isText, true
	}
	text := node.Value
	switch text {
	case "", "~", "null":
		return isNull, true
	case "true", "false":
		return isBoolean, true
	}
	if first := text[0]; first == '_' || first == '/' || isLetter(first) {
		return isText, !ambiguous[strings.ToLower(text)]
	}
	if option := strings.TrimLeft(text, "-"); option != text && option != "" && isLetter(option[0]) {
		return isText, true
	}
	if integer.MatchString(text) {
		return isInteger, text != "-0"
	}
	return isText, amount.MatchString(text)
}

func isLetter(one byte) bool {
	return 'a' <= one|0x20 && one|0x20 <= 'z'
}

// writer writes what the rules see of an object, and beside it the lines of its parts, while the schema is checked.
type writer struct {
	known *table
	entry []byte
	lines []byte
}

// value writes a value of a type of the table; false where it is not plain, or not surely of this type.
func (w *writer) value(node *yaml.Node, kind string, inStatus bool, depth int) bool {
	if depth > depthLimit || node.Anchor != "" || node.Style&yaml.TaggedStyle != 0 {
		return false
	}
	switch node.Kind {
	case yaml.ScalarNode:
		return w.scalar(node, kind)
	case yaml.SequenceNode:
		return w.sequence(node, kind, inStatus, depth)
	case yaml.MappingNode:
		return w.mapping(node, kind, inStatus, depth)
	}
	return false
}

func (w *writer) scalar(node *yaml.Node, kind string) bool {
	what, ok := scalarOf(node)
	if !ok || !fits(kind, what, node.Value) {
		return false
	}
	if what == isText {
		w.entry = appendText(w.entry, node.Value)
	} else {
		w.entry = append(w.entry, node.Value...)
	}
	w.lines = append(w.lines, '0')
	return true
}

// sequence writes a list: of its lines a list of [line, below].
func (w *writer) sequence(node *yaml.Node, kind string, inStatus bool, depth int) bool {
	inner, ok := within(kind, '[', ']')
	if !ok {
		return false
	}
	w.entry, w.lines = append(w.entry, '['), append(w.lines, '[')
	for at, item := range node.Content {
		if at > 0 {
			w.entry, w.lines = append(w.entry, ','), append(w.lines, ',')
		}
		w.lines = append(w.lines, '[')
		w.lines = strconv.AppendInt(w.lines, int64(item.Line), 10)
		w.lines = append(w.lines, ',')
		if !w.value(item, inner, inStatus, depth+1) {
			return false
		}
		w.lines = append(w.lines, ']')
	}
	w.entry, w.lines = append(w.entry, ']'), append(w.lines, ']')
	return true
}

// mapping writes a mapping without what is null: to Kubernetes that isn't there. Of its lines {key: [line, below]}.
func (w *writer) mapping(node *yaml.Node, kind string, inStatus bool, depth int) bool {
	inner, isMap := within(kind, '{', '}')
	var definition *definition
	if !isMap {
		if definition = w.known.Definitions[kind]; definition == nil {
			return false
		}
	}
	given := make(map[string]bool, len(node.Content)/2)
	filled := make(map[string]bool, len(node.Content)/2)
	w.entry, w.lines = append(w.entry, '{'), append(w.lines, '{')
	first := true
	for at := 0; at+1 < len(node.Content); at += 2 {
		key, item := node.Content[at], node.Content[at+1]
		if key.Kind != yaml.ScalarNode {
			return false
		}
		if what, ok := scalarOf(key); !ok || what != isText || given[key.Value] {
			return false
		}
		given[key.Value] = true
		below, inStatusBelow := inner, inStatus
		if definition != nil {
			field, ok := definition.Fields[key.Value]
			if !ok {
				return false
			}
			below, inStatusBelow = field, inStatus || key.Value == "status"
		}
		if at > 0 {
			w.lines = append(w.lines, ',')
		}
		w.lines = appendText(w.lines, key.Value)
		w.lines = append(w.lines, ":["...)
		w.lines = strconv.AppendInt(w.lines, int64(key.Line), 10)
		w.lines = append(w.lines, ',')
		if item.Kind == yaml.ScalarNode {
			what, ok := scalarOf(item)
			if !ok {
				return false
			}
			if what == isNull {
				w.lines = append(w.lines, "0]"...)
				continue
			}
		}
		if !first {
			w.entry = append(w.entry, ',')
		}
		first = false
		w.entry = appendText(w.entry, key.Value)
		w.entry = append(w.entry, ':')
		if !w.value(item, below, inStatusBelow, depth+1) {
			return false
		}
		w.lines = append(w.lines, ']')
		filled[key.Value] = !isEmpty(item)
	}
	w.entry, w.lines = append(w.entry, '}'), append(w.lines, '}')
	if definition != nil && !inStatus {
		for _, required := range definition.Required {
			if !filled[required] {
				return false
			}
		}
	}
	return true
}

// isEmpty says whether a value may be as good as absent; where that depends on its type, the answer is elsewhere.
func isEmpty(node *yaml.Node) bool {
	return len(node.Content) == 0 && (node.Kind != yaml.ScalarNode || node.Value == "")
}

func appendText(to []byte, text string) []byte {
	for at := 0; at < len(text); at++ {
		if one := text[at]; one < ' ' || one > '~' || one == '"' || one == '\\' {
			quoted, _ := json.Marshal(text) // a text is always JSON
			return append(to, quoted...)
		}
	}
	to = append(to, '"')
	to = append(to, text...)
	return append(to, '"')
}
