package main

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// table is what Kubernetes has of kinds and their fields, by the names that schema.json uses.
type table struct {
	Kinds       map[string]described   `json:"kinds"`
	Definitions map[string]*definition `json:"definitions"`
}

type described struct {
	Definition string `json:"definition"`
	Namespaced bool   `json:"namespaced"`
}

// definition has the type of every field, and what may neither be left out nor be empty.
type definition struct {
	Fields   map[string]string `json:"fields"`
	Required []string          `json:"required"`
}

var quantity = regexp.MustCompile(`^[0-9]{1,15}(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$`)

// within is the type of the items of a list or map type; everything may be in `any`.
func within(kind string, begin, end byte) (string, bool) {
	if kind == "any" {
		return kind, true
	}
	if len(kind) > 2 && kind[0] == begin && kind[len(kind)-1] == end {
		return kind[1 : len(kind)-1], true
	}
	return "", false
}

// fits says whether a scalar is surely of a type. Types that are not named here are not decided here.
func fits(kind string, what scalar, text string) bool {
	switch kind {
	case "any":
		return what != isNull
	case "string":
		return what == isText
	case "boolean":
		return what == isBoolean
	case "int32", "int64", "double":
		// A number that is surely one of 32 bits.
		return what == isInteger && len(strings.TrimPrefix(text, "-")) < 10
	case "int-or-string":
		return what == isText || (what == isInteger && len(strings.TrimPrefix(text, "-")) < 10)
	case "quantity":
		return what == isInteger || (what == isText && quantity.MatchString(text))
	case "bytes":
		_, err := base64.StdEncoding.Strict().DecodeString(text)
		return what == isText && err == nil && !strings.ContainsAny(text, "\r\n")
	}
	return false
}
