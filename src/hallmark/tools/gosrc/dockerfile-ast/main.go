// dockerfile-ast reads Dockerfiles with BuildKit's own parser, and the shell scripts in them with a real shell parser.
//
// Standard input is [{"name", "text"}], standard output the list of what was read, one answer for each file in order:
// either an error with its line, or the stages. It opens no file and knows no rule: what a value means is decided by
// the policies.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

type file struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func main() {
	var asked []file
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		fmt.Fprintln(os.Stderr, "dockerfile-ast: standard input is not the JSON that it should be:", err)
		os.Exit(1)
	}
	answers := make([]document, 0, len(asked))
	for _, file := range asked {
		answer, err := read(file.Text)
		if err != nil {
			answer = document{Error: failure(err)}
		}
		answer.Name = file.Name
		answers = append(answers, answer)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, "dockerfile-ast:", err)
		os.Exit(1)
	}
}
