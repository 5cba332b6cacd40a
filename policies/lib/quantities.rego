# METADATA
# title: Quantities
# description: Amounts of a resource, in the forms in which Kubernetes writes them.
package hallmark.lib.quantities

# The number that a quantity stands for: 128Mi, 0.5, 1e3, 100m, or a plain number. Of anything else there is none.
amount(quantity) := to_number(regex.replace(text, _form, "$1")) * multiple if {
	text := sprintf("%v", [quantity])
	multiple := _multiples[regex.replace(text, _form, "1$2")]
}

# What is no quantity stays as it is when its form is replaced, and is no unit either.
amount(quantity) := to_number(regex.replace(text, _form, "$1")) / fraction if {
	text := sprintf("%v", [quantity])
	fraction := _fractions[regex.replace(text, _form, "1$2")]
}

_form := `^((?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)([KMGTPE]i|[numkMGTPE])?$`

# What one of each unit is, or how many of it make one.
_multiples := {
	"1": 1,
	"1k": 1000,
	"1M": 1000000,
	"1G": 1000000000,
	"1T": 1000000000000,
	"1P": 1000000000000000,
	"1E": 1000000000000000000,
	"1Ki": 1024,
	"1Mi": 1048576,
	"1Gi": 1073741824,
	"1Ti": 1099511627776,
	"1Pi": 1125899906842624,
	"1Ei": 1152921504606846976,
}

_fractions := {"1m": 1000, "1u": 1000000, "1n": 1000000000}
