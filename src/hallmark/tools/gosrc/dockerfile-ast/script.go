package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A script inside a script inside a script is read this deep; deeper ones are refused, not skipped.
const maxDepth = 8

var (
	shells = []string{"sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"}
	// Other programs that run what they are given as text or on standard input, with the options that hold text.
	interpreters = map[string][]string{
		"python": {"-c"}, "python2": {"-c"}, "python3": {"-c"}, "perl": {"-e", "-E"}, "ruby": {"-e"},
		"node": {"-e", "--eval", "-p", "--print"}, "php": {"-r"},
	}
	// Programs that run another one, with those of their options that take a word of their own.
	wrappers = map[string][]string{
		"sudo": {"-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "-r", "-t", "--user", "--group", "--chdir"},
		"doas": {"-u", "-C"}, "env": {"-u", "-C", "-S", "--unset", "--chdir"}, "nice": {"-n"},
		"ionice": {"-c", "-n"}, "nohup": nil, "exec": {"-a"}, "command": nil, "builtin": nil, "busybox": nil,
		"stdbuf": {"-i", "-o", "-e"}, "setsid": nil, "timeout": {"-k", "-s", "--kill-after", "--signal"},
		"xargs":  {"-I", "-n", "-P", "-L", "-d", "-E", "-s", "-a", "--max-args", "--max-procs"},
		"chroot": nil, "gosu": nil, "su-exec": nil, "setpriv": nil, "fakeroot": nil, "tini": nil, "dumb-init": nil,
		"eatmydata": nil, "unbuffer": nil,
	}
	// Of those, the ones whose first words are not yet the program: a time, a folder, a user.
	ownWords = map[string]int{"timeout": 1, "chroot": 1, "gosu": 1, "su-exec": 1}

	variants = []syntax.LangVariant{syntax.LangBash, syntax.LangPOSIX, syntax.LangMirBSDKorn, syntax.LangZsh}

	errDepth = errors.New("scripts inside scripts, too deep to be read")
)

// word is a word of a command as far as it is known: what is only known at run time stays as it is written. subs are
// the commands inside of it whose output takes their place.
type word struct {
	text string
	subs []int
}

type scriptReader struct {
	commands []command
	pipefail bool
	depth    int
	read     bool
	err      error
}

// readScript finds the commands in a command line: those of the script that it gives to a shell, or itself. `read`
// says whether there was such a script; an interpreter of another language is one command.
func readScript(line []string) (commands []command, read bool, err error) {
	r := &scriptReader{commands: []command{}}
	words := make([]word, 0, len(line))
	for _, text := range line {
		words = append(words, word{text: text})
	}
	r.run(words, nil)
	return r.commands, r.read, r.err
}

// script reads the text of a shell script, whose pipes fail when any of their commands does if pipefail is set.
func (r *scriptReader) script(text string, pipefail bool) {
	if r.depth++; r.depth > maxDepth {
		r.err = errDepth
	}
	if r.err != nil {
		return
	}
	before := r.pipefail
	r.pipefail, r.read = pipefail, true
	var first error
	for number, variant := range variants {
		file, err := syntax.NewParser(syntax.Variant(variant)).Parse(strings.NewReader(text), "")
		if err == nil {
			r.statements(file.Stmts)
			first = nil
			break
		}
		if number == 0 {
			first = fmt.Errorf("no shell script: %w", err)
		}
	}
	if first != nil {
		r.err = first
	}
	r.pipefail = before
	r.depth--
}

func (r *scriptReader) statements(all []*syntax.Stmt) {
	for _, one := range all {
		r.statement(one)
	}
}

// inside walks through a part of a script that is no command itself, to the commands in it.
func (r *scriptReader) inside(node syntax.Node) {
	syntax.Walk(node, func(inner syntax.Node) bool {
		if one, ok := inner.(*syntax.Stmt); ok {
			r.statement(one)
			return false
		}
		return true
	})
}

func (r *scriptReader) statement(one *syntax.Stmt) {
	var given []word
	for _, redirect := range one.Redirs {
		switch {
		case redirect.Hdoc != nil:
			given = append(given, r.word(redirect.Hdoc, true))
		case redirect.Op == syntax.WordHdoc:
			given = append(given, r.word(redirect.Word, false))
		case redirect.Op == syntax.RdrIn:
			given = append(given, word{subs: r.word(redirect.Word, false).subs})
		default:
			r.word(redirect.Word, false)
		}
	}
	start := len(r.commands)
	switch c := one.Cmd.(type) {
	case nil:
	case *syntax.BinaryCmd:
		r.binary(c)
	case *syntax.CallExpr:
		assigns := r.assigns(c.Assigns)
		words := make([]word, 0, len(c.Args))
		for _, arg := range c.Args {
			words = append(words, r.word(arg, false))
		}
		r.run(words, assigns)
	case *syntax.DeclClause:
		r.run([]word{{text: c.Variant.Value}}, r.assigns(c.Args))
	default:
		r.inside(c)
	}
	end := len(r.commands)
	for _, one := range given {
		r.feed(start, end, one.subs)
		for number := start; one.text != "" && number < end; number++ {
			if words := r.commands[number].Words; isShell(words) && codeOf(words).stdin {
				r.script(one.text, false)
			}
		}
	}
}

func (r *scriptReader) binary(c *syntax.BinaryCmd) {
	start := len(r.commands)
	r.statement(c.X)
	middle := len(r.commands)
	r.statement(c.Y)
	if c.Op != syntax.Pipe && c.Op != syntax.PipeAll {
		return
	}
	left := make([]int, 0, middle-start)
	for number := start; number < middle; number++ {
		left = append(left, number)
		r.commands[number].Unchecked = r.commands[number].Unchecked || !r.pipefail
	}
	r.feed(middle, len(r.commands), left)
}

// feed gives the output of some commands to the standard input of others.
func (r *scriptReader) feed(start, end int, from []int) {
	for number := start; number < end; number++ {
		if one := &r.commands[number]; codeOf(one.Words).stdin {
			one.Executes = union(one.Executes, from)
		}
	}
}

func union(all, more []int) []int {
	all = append(all, more...)
	slices.Sort(all)
	return slices.Compact(all)
}

func (r *scriptReader) assigns(all []*syntax.Assign) []pair {
	var made []pair
	for _, one := range all {
		switch {
		case one.Array != nil:
			r.inside(one.Array)
		case one.Value != nil:
			value := r.word(one.Value, false).text
			if one.Name != nil {
				made = append(made, pair{Key: one.Name.Value, Value: &value})
			}
		}
	}
	return made
}

// run adds a command, and after it those that it runs in its turn.
func (r *scriptReader) run(words []word, assigns []pair) {
	texts := make([]string, 0, len(words))
	for _, one := range words {
		texts = append(texts, one.text)
	}
	if len(words) == 0 {
		if len(assigns) > 0 {
			r.commands = append(r.commands, command{Words: []string{""}, Assigns: assigns})
		}
		return
	}
	made, code := command{Words: texts, Assigns: assigns}, codeOf(texts)
	for _, at := range code.words {
		made.Executes = union(made.Executes, words[at].subs)
	}
	r.commands = append(r.commands, made)
	name := path.Base(texts[0])
	own, isWrapper := wrappers[name]
	switch {
	case name == "set":
		if on, said := pipefail(texts[1:]); said {
			r.pipefail = on
		}
	case name == "eval":
		r.script(strings.Join(texts[1:], " "), r.pipefail)
	case code.text > 0:
		on, _ := pipefail(texts[1:])
		r.script(texts[code.text], on)
	case name == "find":
		r.found(words)
	case isWrapper:
		r.wrapped(name, own, words)
	}
}

// wrapped runs what stands behind a wrapper, its options and the variables that it sets.
func (r *scriptReader) wrapped(name string, own []string, words []word) {
	skip := ownWords[name]
	for at := 1; at < len(words); at++ {
		text := words[at].text
		switch {
		case slices.Contains(own, text):
			at++
		case strings.HasPrefix(text, "-"):
		case (name == "env" || name == "sudo") && strings.Contains(text, "="):
		case skip > 0:
			skip--
		default:
			r.run(words[at:], nil)
			return
		}
	}
}

// found runs what `find -exec` runs.
func (r *scriptReader) found(words []word) {
	for at := 0; at < len(words); at++ {
		if !slices.Contains([]string{"-exec", "-execdir", "-ok", "-okdir"}, words[at].text) {
			continue
		}
		end := at + 1
		for end < len(words) && words[end].text != ";" && words[end].text != "+" {
			end++
		}
		if end > at+1 {
			r.run(words[at+1:end], nil)
		}
		at = end
	}
}

// pipefail finds what the options of a shell, or the words after `set`, say of it.
func pipefail(words []string) (on, said bool) {
	for at := 1; at < len(words); at++ {
		option := words[at-1]
		if words[at] == "pipefail" && len(option) > 1 && strings.Contains(option, "o") && strings.ContainsAny(option[:1], "-+") {
			on, said = option[0] == '-', true
		}
	}
	return on, said
}

func isShell(words []string) bool {
	return len(words) > 0 && slices.Contains(shells, path.Base(words[0]))
}

// code is where a command takes the program from that it runs, beside its own name: `words` are indices, the name's 0
// among them, `text` is the index of a shell script among them (0: none), stdin stands for its standard input.
type code struct {
	words []int
	text  int
	stdin bool
}

func codeOf(words []string) code {
	if len(words) == 0 {
		return code{}
	}
	name := path.Base(words[0])
	options, isInterpreter := interpreters[name]
	switch {
	case slices.Contains(shells, name):
		return codeOfShell(words)
	case isInterpreter:
		return codeOfInterpreter(words, options)
	case name == "su" || name == "runuser":
		return codeOfUser(words)
	case name == "eval":
		made := code{}
		for at := range words {
			made.words = append(made.words, at)
		}
		return made
	case (name == "source" || name == ".") && len(words) > 1:
		return code{words: []int{0, 1}}
	}
	return code{words: []int{0}}
}

// codeOfShell: sh [options] -c text, sh [options] script, or neither, and then standard input.
func codeOfShell(words []string) code {
	isText, isInput := false, false
	at := 1
	for ; at < len(words); at++ {
		option := words[at]
		if option == "-" || option == "--" {
			at++
			break
		}
		if len(option) < 2 || option[0] != '-' && option[0] != '+' {
			break
		}
		if strings.HasPrefix(option, "--") {
			continue
		}
		isText, isInput = isText || strings.Contains(option, "c"), isInput || strings.Contains(option, "s")
		// bash -o pipefail, bash -euo pipefail: the option takes a word of its own
		at += strings.Count(option, "o") + strings.Count(option, "O")
	}
	switch {
	case at >= len(words) || isInput && !isText:
		return code{words: []int{0}, stdin: !isText}
	case isText:
		return code{words: []int{0, at}, text: at}
	}
	return code{words: []int{0, at}, stdin: words[at] == "/dev/stdin"}
}

// codeOfUser: su [options] [user] -c text
func codeOfUser(words []string) code {
	for at := 1; at+1 < len(words); at++ {
		if option := words[at]; option == "--command" || strings.HasPrefix(option, "-") && strings.HasSuffix(option, "c") {
			return code{words: []int{0, at + 1}, text: at + 1}
		}
	}
	return code{words: []int{0}}
}

// codeOfInterpreter: python -c text, python script, python -, or neither, and then standard input.
func codeOfInterpreter(words, options []string) code {
	for at := 1; at < len(words); at++ {
		switch option := words[at]; {
		case option == "-":
			return code{words: []int{0}, stdin: true}
		case slices.Contains(options, option) && at+1 < len(words):
			return code{words: []int{0, at + 1}}
		case option == "-m":
			return code{words: []int{0}}
		case !strings.HasPrefix(option, "-"):
			return code{words: []int{0, at}, stdin: option == "/dev/stdin"}
		}
	}
	return code{words: []int{0}, stdin: true}
}

// word reads a word or a here-document.
func (r *scriptReader) word(one *syntax.Word, quoted bool) word {
	var made word
	var text strings.Builder
	r.parts(one.Parts, quoted, &text, &made)
	made.text = text.String()
	return made
}

func (r *scriptReader) parts(all []syntax.WordPart, quoted bool, text *strings.Builder, made *word) {
	for _, part := range all {
		switch p := part.(type) {
		case *syntax.Lit:
			text.WriteString(unescaped(p.Value, quoted))
		case *syntax.SglQuoted:
			text.WriteString(p.Value)
		case *syntax.DblQuoted:
			r.parts(p.Parts, true, text, made)
		default:
			start := len(r.commands)
			r.inside(part)
			for number := start; number < len(r.commands); number++ {
				made.subs = append(made.subs, number)
			}
			text.WriteString(written(part))
		}
	}
}

// unescaped takes the backslashes out of a literal; inside of double quotes they stand for themselves before most.
func unescaped(text string, quoted bool) string {
	var made strings.Builder
	for at := 0; at < len(text); at++ {
		if text[at] == '\\' && at+1 < len(text) && (!quoted || strings.IndexByte("$`\"\\\n", text[at+1]) >= 0) {
			at++
			if text[at] == '\n' {
				continue
			}
		}
		made.WriteByte(text[at])
	}
	return made.String()
}

// written is what an expansion looks like in the script.
func written(part syntax.WordPart) string {
	var text strings.Builder
	word := &syntax.Word{Parts: []syntax.WordPart{part}}
	if err := syntax.NewPrinter(syntax.Minify(true)).Print(&text, word); err != nil {
		return "$(...)"
	}
	return text.String()
}
