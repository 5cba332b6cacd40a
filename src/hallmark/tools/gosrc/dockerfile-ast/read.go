package main

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// What BuildKit itself gives to a build for linux/amd64. No other build argument is given: defaults count.
var platformArgs = map[string]string{
	"BUILDPLATFORM": "linux/amd64", "BUILDOS": "linux", "BUILDARCH": "amd64", "BUILDVARIANT": "",
	"TARGETPLATFORM": "linux/amd64", "TARGETOS": "linux", "TARGETARCH": "amd64", "TARGETVARIANT": "",
	"TARGETSTAGE": "default",
}

var defaultShell = []string{"/bin/sh", "-c"}

var errNoStage = errors.New("no FROM: there is nothing to build")

// environment is what variables stand for at one place of a file, by BuildKit's rules of expansion.
type environment struct {
	lex    *shell.Lex
	values map[string]string
	unset  map[string]struct{}
}

func (e *environment) Get(name string) (string, bool) {
	value, ok := e.values[name]
	return value, ok
}

func (e *environment) Keys() []string { return slices.Sorted(maps.Keys(e.values)) }

func (e *environment) expand(word string) (string, error) {
	value, unset, err := e.lex.ProcessWord(word, e)
	for name := range unset {
		if isOpen(word, name) {
			e.unset[name] = struct{}{}
		}
	}
	return value, err
}

// isOpen: the word uses the variable in a way that says nothing of what to do without it, as ${X:-default} does.
func isOpen(word, name string) bool {
	rest := regexp.MustCompile(`\$\{`+regexp.QuoteMeta(name)+`:?[-+]`).ReplaceAllString(word, "")
	return regexp.MustCompile(`\$\{?` + regexp.QuoteMeta(name) + `\b`).MatchString(rest)
}

// taken returns the variables without a value that were met since it was last asked.
func (e *environment) taken() []string {
	names := slices.Sorted(maps.Keys(e.unset))
	clear(e.unset)
	return names
}

// reader goes through the stages of one file. finals holds how each ended: what a later stage begins with.
type reader struct {
	stages []instructions.Stage
	lex    *shell.Lex
	global *environment
	finals []state
}

type state struct {
	env   map[string]string
	shell []string
}

func read(text string) (document, error) {
	var found document
	tree, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return found, err
	}
	stages, args, err := instructions.Parse(tree.AST, nil)
	if err != nil {
		return found, err
	}
	if len(stages) == 0 {
		return found, parser.WithLocation(errNoStage, tree.AST.Location())
	}
	lex := shell.NewLex(tree.EscapeToken)
	r := &reader{stages: stages, lex: lex}
	r.global = &environment{lex, maps.Clone(platformArgs), map[string]struct{}{}}
	for _, arg := range args {
		made := placed(&arg)
		if made.Pairs, err = r.args(&arg, r.global, false); err != nil {
			return found, parser.WithLocation(err, arg.Location())
		}
		found.Args = append(found.Args, made)
	}
	for number := range stages {
		one, err := r.stage(number)
		if err != nil {
			return found, err
		}
		found.Stages = append(found.Stages, one)
	}
	if image, _, place, ok := parser.DetectSyntax([]byte(text)); ok {
		found.Syntax = &frontend{Line: place[0].Start.Line, Image: image}
	}
	return found, nil
}

// args sets the variables of an ARG: the default, or in a stage what an ARG before the first FROM says.
func (r *reader) args(arg *instructions.ArgCommand, env *environment, inStage bool) ([]pair, error) {
	var pairs []pair
	for _, one := range arg.Args {
		var value string
		isSet := one.Value != nil
		if isSet {
			expanded, err := env.expand(*one.Value)
			if err != nil {
				return nil, err
			}
			value = expanded
		} else if inStage {
			value, isSet = r.global.Get(one.Key)
		}
		made := pair{Key: one.Key, Unset: env.taken()}
		if isSet {
			env.values[one.Key] = value
			made.Value = &value
		}
		pairs = append(pairs, made)
	}
	return pairs, nil
}

func (r *reader) stage(number int) (stage, error) {
	from := r.stages[number]
	base, err := r.global.expand(from.BaseName)
	if err != nil {
		return stage{}, parser.WithLocation(err, from.Location)
	}
	baseUnset := r.global.taken()
	platform, err := r.global.expand(from.Platform)
	if err != nil {
		return stage{}, parser.WithLocation(err, from.Location)
	}
	r.global.taken()
	made := stage{
		Name:         from.Name,
		Line:         from.Location[0].Start.Line,
		Platform:     platform,
		Base:         r.source(from.BaseName, base, number, false),
		Instructions: []instruction{},
	}
	made.Base.Unset = baseUnset
	now := state{env: map[string]string{}, shell: defaultShell}
	if made.Base.Stage != nil {
		before := r.finals[*made.Base.Stage]
		now = state{env: maps.Clone(before.env), shell: before.shell}
	}
	// ARGs are gone when the stage ends, ENVs are not.
	env := &environment{r.lex, maps.Clone(now.env), map[string]struct{}{}}
	for _, one := range from.Commands {
		read, err := r.instruction(one, env, &now, number)
		if err != nil {
			return stage{}, parser.WithLocation(err, one.Location())
		}
		made.Instructions = append(made.Instructions, read)
	}
	r.finals = append(r.finals, now)
	return made, nil
}

// source is what a name means in a stage: the stages before it come first. An index counts stages too, but not in FROM.
func (r *reader) source(text, name string, before int, byIndex bool) source {
	made := source{Text: text}
	if index, err := strconv.Atoi(name); byIndex && err == nil && index >= 0 && index < before {
		made.Stage = &index
	} else if index, ok := instructions.HasStage(r.stages[:before], name); ok && name != "" {
		made.Stage = &index
	} else if name != "scratch" {
		made.Image = &name
	}
	return made
}

// placed is an instruction as far as all of them are alike.
func placed(one instructions.Command) instruction {
	place := one.Location()
	made := instruction{
		Name:    strings.ToLower(one.Name()),
		Line:    place[0].Start.Line,
		EndLine: place[len(place)-1].Start.Line,
	}
	if written, ok := one.(interface{ String() string }); ok {
		made.Text = written.String()
	}
	return made
}

func (r *reader) instruction(one instructions.Command, env *environment, now *state, number int) (instruction, error) {
	made := placed(one)
	if trigger, ok := one.(*instructions.OnbuildCommand); ok {
		return r.trigger(trigger, made, now, number)
	}
	if arg, ok := one.(*instructions.ArgCommand); ok {
		pairs, err := r.args(arg, env, true)
		made.Pairs = pairs
		return made, err
	}
	if expands, ok := one.(instructions.SupportsSingleWordExpansion); ok {
		if err := expands.Expand(env.expand); err != nil {
			return made, err
		}
	}
	made.Unset = env.taken()
	err := r.fill(&made, one, env, now, number)
	return made, err
}

// trigger reads what stands behind ONBUILD. Its variables are those of another build, so they stay as written.
func (r *reader) trigger(one *instructions.OnbuildCommand, made instruction, now *state, number int) (instruction, error) {
	tree, err := parser.Parse(strings.NewReader(one.Expression))
	if err != nil {
		return made, moved(err)
	}
	inner, err := instructions.ParseCommand(tree.AST.Children[0])
	if err != nil {
		return made, moved(err)
	}
	made.Name, made.Onbuild = strings.ToLower(inner.Name()), true
	if arg, ok := inner.(*instructions.ArgCommand); ok {
		for _, one := range arg.Args {
			made.Pairs = append(made.Pairs, pair{Key: one.Key, Value: one.Value})
		}
		return made, nil
	}
	scratch := state{env: map[string]string{}, shell: now.shell}
	env := &environment{r.lex, map[string]string{}, map[string]struct{}{}}
	return made, r.fill(&made, inner, env, &scratch, number)
}

func (r *reader) fill(made *instruction, one instructions.Command, env *environment, now *state, number int) error {
	switch c := one.(type) {
	case *instructions.RunCommand:
		made.Network, made.Security = instructions.GetNetwork(c), instructions.GetSecurity(c)
		for _, each := range instructions.GetMounts(c) {
			made.Mounts = append(made.Mounts, r.mount(each, number))
		}
		script(made, c.ShellDependantCmdLine, now.shell)
	case *instructions.CmdCommand:
		script(made, c.ShellDependantCmdLine, now.shell)
	case *instructions.EntrypointCommand:
		script(made, c.ShellDependantCmdLine, now.shell)
	case *instructions.HealthCheckCommand:
		kind, args := c.Health.Test[0], c.Health.Test[1:]
		if kind == "NONE" {
			made.Form = "none"
			break
		}
		script(made, instructions.ShellDependantCmdLine{CmdLine: args, PrependShell: kind == "CMD-SHELL"}, now.shell)
	case *instructions.ShellCommand:
		made.Form, made.Args, now.shell = "exec", c.Shell, c.Shell
	case *instructions.EnvCommand:
		for _, one := range c.Env {
			made.Pairs = append(made.Pairs, pair{Key: one.Key, Value: &one.Value})
			env.values[one.Key], now.env[one.Key] = one.Value, one.Value
		}
	case *instructions.LabelCommand:
		for _, one := range c.Labels {
			made.Pairs = append(made.Pairs, pair{Key: one.Key, Value: &one.Value})
		}
	case *instructions.CopyCommand:
		files(made, c.SourcesAndDest)
		made.Chown, made.Chmod = c.Chown, c.Chmod
		if c.From != "" {
			from := r.source(c.From, c.From, number, true)
			made.From = &from
		}
	case *instructions.AddCommand:
		files(made, c.SourcesAndDest)
		made.Chown, made.Chmod, made.Checksum = c.Chown, c.Chmod, c.Checksum
	case *instructions.UserCommand:
		made.Value = &c.User
	case *instructions.WorkdirCommand:
		made.Value = &c.Path
	case *instructions.StopSignalCommand:
		made.Value = &c.Signal
	case *instructions.MaintainerCommand:
		made.Value = &c.Maintainer
	case *instructions.ExposeCommand:
		for _, port := range c.Ports {
			words, err := env.lex.ProcessWords(port, env)
			if err != nil {
				return err
			}
			made.Values = append(made.Values, words...)
		}
	case *instructions.VolumeCommand:
		made.Values = c.Volumes
	default:
		return errors.New("an instruction that is not known here: " + one.Name())
	}
	return nil
}

func (r *reader) mount(one *instructions.Mount, number int) mount {
	made := mount{Type: string(one.Type), ID: one.CacheID, Source: one.Source, Target: one.Target, Env: one.Env}
	if one.From != "" {
		from := r.source(one.From, one.From, number, true)
		made.From = &from
	}
	return made
}

func files(made *instruction, from instructions.SourcesAndDest) {
	made.Sources, made.Dest = from.SourcePaths, from.DestPath
	for _, one := range from.SourceContents {
		made.Contents = append(made.Contents, content{one.Path, one.Data})
	}
}

// script fills in a command line, and the commands of the shell script that it is or holds.
func script(made *instruction, line instructions.ShellDependantCmdLine, shell []string) {
	made.Form, made.Args = "exec", line.CmdLine
	if line.PrependShell {
		made.Form = "shell"
	}
	for _, one := range line.Files {
		made.Heredocs = append(made.Heredocs, content{one.Name, one.Data})
	}
	if len(line.CmdLine) == 0 {
		return
	}
	words, isScript := line.CmdLine, line.PrependShell
	if line.PrependShell {
		text := whole(line)
		if interpreter, ok := strings.CutPrefix(text, "#!"); ok && len(line.Files) > 0 {
			first, _, _ := strings.Cut(interpreter, "\n")
			words, isScript = append(strings.Fields(first), "-c", text), false
		} else {
			words = append(slices.Clone(shell), text)
		}
	}
	commands, read, err := readScript(words)
	switch {
	case err != nil:
		made.Unread = err.Error()
	case isScript && !read:
		made.Unread = "run by " + words[0] + ", whose scripts are not read here"
	default:
		made.Commands = commands
	}
}

// whole is the script that the shell is given: a sole here-document is the script itself, others belong to it.
func whole(line instructions.ShellDependantCmdLine) string {
	text := line.CmdLine[0]
	if len(line.Files) == 0 {
		return text
	}
	if parser.MustParseHeredoc(text) != nil {
		if line.Files[0].Chomp {
			return parser.ChompHeredocContent(line.Files[0].Data)
		}
		return line.Files[0].Data
	}
	var all strings.Builder
	all.WriteString(text)
	for _, file := range line.Files {
		all.WriteString("\n" + file.Data + file.Name)
	}
	return all.String()
}

var lineInMessage = regexp.MustCompile(`^dockerfile parse error on line \d+: `)

// failure is the place and the cause of an error; BuildKit's own message names the line once more.
func failure(err error) *problem {
	line := 1
	var located *parser.LocationError
	if errors.As(err, &located) {
		for _, places := range located.Locations {
			if len(places) > 0 && places[0].Start.Line > 0 {
				line = places[0].Start.Line
			}
		}
	}
	return &problem{line, lineInMessage.ReplaceAllString(err.Error(), "")}
}

// moved takes the place out of an error about a part of a file, which counts lines from its own first.
func moved(err error) error { return errors.New(failure(err).Message) }
