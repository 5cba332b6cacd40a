// manifest-reader reads the plain and valid among files of Kubernetes objects, many times faster than Python does.
//
// It answers for a file only where there is no doubt: plain YAML, no anchor, no tag, no word that dialects read
// differently, every object of a kind in the table and without any problem in the schema. Of every other file it says
// that it isn't plain, and the whole of it is read and judged elsewhere: what is wrong is never described here.
//
// The one argument is the table (plain.py writes it). Each line of standard input is a file's path in JSON. For each,
// in order, standard output has a line of JSON, {"plain", "objects"}, and the bytes whose lengths stand in there.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
)

// What is larger is read elsewhere, which has limits of its own for what aliases and long documents may cost.
const sizeLimit = 500_000

type answer struct {
	Plain   bool     `json:"plain"`
	Objects []object `json:"objects,omitempty"`
}

// object is one object of a file. Entry and Lines are the lengths of what follows the answer, object by object:
// the members of what the rules see (without its braces), and the lines on which its parts are written.
type object struct {
	Line       int    `json:"line"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace"`
	Name       string `json:"name"`
	Namespaced bool   `json:"namespaced"`
	Entry      int    `json:"entry"`
	Lines      int    `json:"lines"`
	entry      []byte
	lines      []byte
}

func main() {
	// It lives for a moment: collecting garbage near the limit only saves a third of its time.
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(128 << 20)
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "manifest-reader:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("one argument is taken: the file of the table")
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		return err
	}
	known := new(table)
	if err := json.Unmarshal(text, known); err != nil {
		return fmt.Errorf("the table cannot be read: %w", err)
	}
	waiting := make(chan chan answer, 4096)
	go ask(known, waiting)
	output := bufio.NewWriterSize(os.Stdout, 1<<16)
	for next := range waiting {
		if err := write(output, <-next); err != nil {
			return err
		}
		if len(waiting) == 0 {
			if err := output.Flush(); err != nil {
				return err
			}
		}
	}
	return output.Flush()
}

// ask reads the files as their paths come in, several at a time; the answers stay in order.
func ask(known *table, waiting chan<- chan answer) {
	defer close(waiting)
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	paths := bufio.NewReaderSize(os.Stdin, 1<<16)
	for {
		line, err := paths.ReadBytes('\n')
		if err != nil { // a path that was cut is none
			return
		}
		next := make(chan answer, 1)
		waiting <- next
		free <- struct{}{}
		go func() {
			next <- read(known, line)
			<-free
		}()
	}
}

func write(output io.Writer, one answer) error {
	line, err := json.Marshal(one)
	if err != nil {
		return err
	}
	parts := [][]byte{line, {'\n'}}
	for _, each := range one.Objects {
		parts = append(parts, each.entry, each.lines)
	}
	for _, part := range parts {
		if _, err := output.Write(part); err != nil {
			return err
		}
	}
	return nil
}

func read(known *table, line []byte) (found answer) {
	// A parser that fails on a text has no opinion about it.
	defer func() {
		if recover() != nil {
			found = answer{}
		}
	}()
	var path string
	if json.Unmarshal(line, &path) != nil {
		return answer{}
	}
	text, err := content(path)
	if err != nil || !isPlain(text) {
		return answer{}
	}
	objects, ok := objectsIn(known, text)
	if !ok || len(objects) == 0 {
		return answer{}
	}
	return answer{Plain: true, Objects: objects}
}

func content(path string) ([]byte, error) {
	about, err := os.Stat(path) // first: opening a pipe would wait for its other end
	if err != nil {
		return nil, err
	}
	if !about.Mode().IsRegular() || about.Size() > sizeLimit {
		return nil, fmt.Errorf("not a regular file of at most %d bytes", sizeLimit)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text := make([]byte, about.Size()+1)
	size, err := io.ReadFull(file, text)
	if err != io.ErrUnexpectedEOF || int64(size) != about.Size() {
		return nil, fmt.Errorf("it changes while it is read")
	}
	return text[:size], nil
}
