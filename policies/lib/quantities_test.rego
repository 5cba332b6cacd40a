package hallmark.lib.quantities_test

import data.hallmark.lib.quantities

test_knows_every_suffix if {
	expected := {
		"3": 3, "3k": 3000, "3M": 3000000, "3G": 3000000000, "3T": 3000000000000, "3P": 3000000000000000,
		"3E": 3000000000000000000, "3Ki": 3072, "3Mi": 3145728, "3Gi": 3221225472, "3Ti": 3298534883328,
		"3Pi": 3377699720527872, "3Ei": 3458764513820540928, "3000m": 3, "3000000u": 3, "3000000000n": 3,
	}
	every text, number in expected {
		quantities.amount(text) == number
	}
}

test_knows_every_form if {
	expected := [
		["0", 0], ["0Mi", 0], ["100m", 0.1], ["0.5", 0.5], ["1.5Gi", 1610612736], ["1e3", 1000], ["1E3", 1000],
		["1e+3", 1000], ["1000e-3", 1], ["12.5e1", 125], ["1E", 1000000000000000000], [7, 7], [0.5, 0.5], ["1024Mi", 1073741824],
	]
	every pair in expected {
		quantities.amount(pair[0]) == pair[1]
	}
}

test_knows_no_other_text if {
	every text in ["", "Mi", "lots", "-1", "1 Gi", "1gi", "1K", "1Mii", "1mi", "1GiB", "e3", "1.Mi", "01Mi", "1e", " 1", "1\n"] {
		not quantities.amount(text)
	}
}
