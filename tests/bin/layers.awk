# SPDX-License-Identifier: LGPL-2.1-or-later
# The include graph of the C files given. Finds includes that go against the order of the layers, circles of files, and parts of
# struct session that are used by another file than their owner.
# With -v table=1 it prints the graph as the table of docs/hacking.md instead. tests/bin/lint layers, make docs-layers
BEGIN {
	driver = "card-driver/base card-driver/card card-driver/trust card-driver/session card-driver/content card-driver/operations"
	count = split(driver " pkcs15-emu plugin tools/common tools/card-face tools/report tools/status virtual-card tests", folders, " ")
	for (i = 1; i <= 8; i++) {
		may[folders[i]] = below
		below = below " " folders[i]
	}
	may["tools/common"] = driver
	may["tools/card-face"] = may["tools/report"] = may["tools/status"] = driver " tools/common"
	may["virtual-card"] = ""
	for (i = 1; i < count; i++)
		may["tests"] = may["tests"] " " folders[i]
	owners["link"] = owners["loaded"] = owners["pin_states"] = "card-driver/session/"
	owners["signers"] = "card-driver/content/authentic.c card-driver/content/permit.c"
	owners["unchecked_signatures"] = "card-driver/content/signature.c"
	owners["who"] = "card-driver/content/identity.c"
	owners["pins"] = "card-driver/operations/pin.c"
	owners["place"] = "card-driver/operations/files.c"
	owners["environment"] = "card-driver/operations/sign.c"
	owners["residence_is_closed"] = "card-driver/content/optional.c"
	owners["certificates"] = "pkcs15-emu/object.c"
	for (i = 1; i < ARGC; i++)
		known[ARGV[i]] = 1
}

# The folder of a file, as the table of layers names it. Below tests/ all is one.
function folder_of(file) {
	if (file ~ /^tests\//)
		return "tests"
	sub(/\/[^\/]*$/, "", file)
	return file
}

# X.c and X.h are one part of a circle.
function part_of(file) {
	sub(/\.[ch]$/, "", file)
	return file
}

function report(text) {
	if (!table)
		print text
	failed = 1
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, quoted, "\"")
	beside = FILENAME
	sub(/[^\/]*$/, quoted[2], beside)
	target = beside in known ? beside : quoted[2]
	if (!(target in known))
		next
	from = folder_of(FILENAME)
	to = folder_of(target)
	includes[from, to]++
	if (from != to && index(" " may[from] " ", " " to " ") == 0)
		report(FILENAME ":" FNR ": " from " must not include " to)
	if (part_of(FILENAME) != part_of(target)) {
		parts[part_of(FILENAME)] = parts[part_of(target)] = 1
		edges[part_of(FILENAME), part_of(target)] = FILENAME ":" FNR
	}
}

function is_owner(file, owned,    i, of, count) {
	count = split(owned " card-driver/session/session.c tests/", of, " ")
	for (i = 1; i <= count; i++)
		if (index(file, of[i]) == 1)
			return 1
	return 0
}

# A part of struct session is used by its owner, and by session.c, which creates and forgets it. Tests may look at all of it.
/session->[a-z]/ {
	for (rest = $0; match(rest, /session->[a-z_]+/); rest = substr(rest, RSTART + RLENGTH)) {
		member = substr(rest, RSTART + 9, RLENGTH - 9)
		if (member in owners && !is_owner(FILENAME, owners[member]))
			report(FILENAME ":" FNR ": session->" member " is used by its owner alone: " owners[member])
	}
}

# Takes away what includes nothing or is included by nothing, until only circles are left.
function find_circles(    part, edge, ends, before, after, changed) {
	do {
		changed = 0
		split("", before)
		split("", after)
		for (edge in edges) {
			split(edge, ends, SUBSEP)
			before[ends[2]] = after[ends[1]] = 1
		}
		for (edge in edges) {
			split(edge, ends, SUBSEP)
			if (!(ends[1] in before) || !(ends[2] in after)) {
				delete edges[edge]
				changed = 1
			}
		}
	} while (changed)
	for (edge in edges) {
		split(edge, ends, SUBSEP)
		report(edges[edge] ": a circle of includes: " ends[1] " -> " ends[2])
	}
}

function print_table(    i, j, line, allowed, of) {
	print "| folder | may include | includes |"
	print "|---|---|---|"
	for (i = 1; i <= count; i++) {
		line = ""
		for (j = 1; j <= count; j++)
			if (j != i && (folders[i], folders[j]) in includes)
				line = line ", " folders[j] " " includes[folders[i], folders[j]]
		allowed = may[folders[i]]
		if (folders[i] == "tests")
			allowed = "all"
		else if (index(allowed, driver))
			allowed = "card-driver/*" substr(allowed, index(allowed, driver) + length(driver))
		of = split(allowed, ends, " ")
		allowed = ends[1]
		for (j = 2; j <= of; j++)
			allowed = allowed ", " ends[j]
		print "| " folders[i] " | " (of ? allowed : "–") " | " (line ? substr(line, 3) : "–") " |"
	}
}

END {
	find_circles()
	if (table)
		print_table()
	exit !table && failed
}
