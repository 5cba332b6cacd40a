package main

// document is one Dockerfile. Error stands alone; nothing else of a file that cannot be read is to be believed.
type document struct {
	Name   string        `json:"name"`
	Error  *problem      `json:"error,omitempty"`
	Syntax *frontend     `json:"syntax,omitempty"`
	Args   []instruction `json:"args,omitempty"`
	Stages []stage       `json:"stages,omitempty"`
}

type problem struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// frontend is the frontend that the file asks for: an image that BuildKit fetches and runs to read the file.
type frontend struct {
	Line  int    `json:"line"`
	Image string `json:"image"`
}

// pair is a variable with its value as the build sees it. Value is absent where an ARG has none; Unset names the
// variables that the value is made of and that have no value in the file.
type pair struct {
	Key   string   `json:"key"`
	Value *string  `json:"value,omitempty"`
	Unset []string `json:"unset,omitempty"`
}

// source is what FROM, COPY --from or a mount names: an earlier stage, an image, or scratch, which is neither.
type source struct {
	Text  string   `json:"text"`
	Image *string  `json:"image,omitempty"`
	Stage *int     `json:"stage,omitempty"`
	Unset []string `json:"unset,omitempty"`
}

type stage struct {
	Name         string        `json:"name"`
	Line         int           `json:"line"`
	Platform     string        `json:"platform,omitempty"`
	Base         source        `json:"base"`
	Instructions []instruction `json:"instructions"`
}

// instruction has the fields of its kind only; values hold what the variables stand for.
type instruction struct {
	Name    string `json:"name"`
	Line    int    `json:"line"`
	EndLine int    `json:"end_line"`
	Text    string `json:"text"`
	// Onbuild: it runs in the builds that take this image as their base, and does nothing here.
	Onbuild bool     `json:"onbuild,omitempty"`
	Unset   []string `json:"unset,omitempty"`

	// run, cmd, entrypoint, healthcheck, shell. Form is exec, shell or none (HEALTHCHECK NONE).
	Form     string    `json:"form,omitempty"`
	Args     []string  `json:"args,omitempty"`
	Heredocs []content `json:"heredocs,omitempty"`
	Mounts   []mount   `json:"mounts,omitempty"`
	Network  string    `json:"network,omitempty"`
	Security string    `json:"security,omitempty"`
	Commands []command `json:"commands,omitempty"`
	// Unread says why the shell's script is not in Commands.
	Unread string `json:"unread,omitempty"`

	// env, arg, label
	Pairs []pair `json:"pairs,omitempty"`

	// copy, add
	From     *source   `json:"from,omitempty"`
	Sources  []string  `json:"sources,omitempty"`
	Contents []content `json:"contents,omitempty"`
	Dest     string    `json:"dest,omitempty"`
	Chown    string    `json:"chown,omitempty"`
	Chmod    string    `json:"chmod,omitempty"`
	Checksum string    `json:"checksum,omitempty"`

	// user, workdir, stopsignal, maintainer
	Value *string `json:"value,omitempty"`

	// expose, volume
	Values []string `json:"values,omitempty"`
}

// content is a file that is written inside the Dockerfile.
type content struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

type mount struct {
	Type   string  `json:"type"`
	From   *source `json:"from,omitempty"`
	ID     string  `json:"id,omitempty"`
	Source string  `json:"source,omitempty"`
	Target string  `json:"target,omitempty"`
	Env    *string `json:"env,omitempty"`
}

// command is a simple command of a script, however deep it stands. What runs another (sudo, env, xargs, sh -c) stands
// before the one that it runs. Words begin with the program; it is empty where only variables are set.
type command struct {
	Words   []string `json:"words"`
	Assigns []pair   `json:"assigns,omitempty"`
	// Executes are the commands, by index, whose output this one runs as a program.
	Executes []int `json:"executes,omitempty"`
	// Unchecked: its output goes into a pipe, and its failure goes unseen.
	Unchecked bool `json:"unchecked,omitempty"`
}
