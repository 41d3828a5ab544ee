//! The codes of this room: files, YAML, shape. Those of meaning live where meaning is checked.

use super::catalogue::CodeDoc;

/// Declares codes and the table that holds them in one go, so that none is left out of its table.
macro_rules! code_table {
    ($(#[$about:meta])* $table:ident { $($name:ident = $code:literal $slug:literal, $title:literal,
        $explain:literal, $example:literal;)* }) => {
        $(
            #[doc = concat!("`", $code, "`: ", $title)]
            pub static $name: CodeDoc = CodeDoc {
                code: $code,
                slug: $slug,
                title: $title,
                explain: $explain,
                example: $example,
            };
        )*
        $(#[$about])*
        pub static $table: &[&CodeDoc] = &[$(&$name),*];
    };
}

// The codes of meaning are declared the same way, elsewhere.
pub(in crate::scenario) use code_table;

code_table! {
    /// Files: `LB0001` to `LB0099`.
    FILES {
        FILE_MISSING = "LB0001" "file-missing", "The file is not there.",
            "No file has this name. Paths in a scenario (`use`) are looked for next to the scenario \
            that names them; paths on the command line where you stand. Check the spelling and the \
            folder.",
            "use: [fleets/contso.yaml]    # the file is fleets/contoso.yaml";
        FILE_IS_FOLDER = "LB0002" "file-is-folder", "A folder stands where a file is wanted.",
            "The commands of `lifeboat` take folders; `use` takes single files, so that a review \
            sees what a scenario stands on. Name the file.",
            "use: [fleets]                # use: [fleets/contoso.yaml]";
        FILE_FORBIDDEN = "LB0003" "file-forbidden", "The file may not be read.",
            "The system refuses to open the file for the user that runs this program. Change its \
            permissions, or run as somebody who may read it.",
            "chmod u+r scenarios/west-europe.yaml";
        FILE_TOO_LARGE = "LB0004" "file-too-large", "The file is too large.",
            "A file is refused by its size before it is read: the limit is far above what people \
            write, so that a wrong path or a generated giant costs nothing. Split the file and name \
            the pieces under `use`, or describe a large fleet by counts (`orgs: 800`).",
            "orgs: 800                    # instead of 800 entries";
        FILE_NOT_UTF8 = "LB0005" "file-not-utf8", "The file is not UTF-8 text.",
            "Scenario files are UTF-8. Editors on Windows at times save UTF-16 or a code page. The \
            message names the first byte that is wrong; save the file as UTF-8.",
            "iconv -f WINDOWS-1252 -t UTF-8 old.yaml > new.yaml";
        FILE_UNREADABLE = "LB0006" "file-unreadable", "Reading the file failed.",
            "The system found the file and then failed to read it: a disk or a network share that \
            went away, mostly. The message repeats what the system says.",
            "cp /mnt/share/west-europe.yaml .";
    }
}

code_table! {
    /// YAML: `LB0101` to `LB0199`.
    YAML {
        YAML_SYNTAX = "LB0101" "yaml-syntax", "This is not YAML.",
            "The text breaks a rule of YAML, and what follows cannot be read; so it is the only \
            error shown. Mend it and check again. Indentation, a missing colon and a text that \
            should be quoted are the usual causes.",
            "title: the \"big\" one\n  region: westeurope       # indented under a text";
        YAML_EMPTY = "LB0102" "yaml-empty", "There is nothing in the file.",
            "The file is empty, or holds nothing but comments. The smallest scenario has a version, \
            a title, a fleet and a timeline; `lifeboat new` writes one.",
            "scenario: v1\ntitle: A fleet at rest\nfleet: { connectors: {} }\ntimeline: []";
        YAML_MANY_DOCUMENTS = "LB0103" "yaml-many-documents", "There is more than one document in the file.",
            "A line `---` begins another document. One file is one scenario, so that a path names \
            it. Put the second one into a file of its own.",
            "scenario: v1\n---\nscenario: v1              # belongs in another file";
        YAML_TAG = "LB0104" "yaml-tag", "A tag is not read.",
            "Tags (`!name`, `!!int`) change the type of a value behind the reader's back. Here what \
            a value is follows from its place. Remove the tag; quote a text that looks like a \
            number.",
            "orgs: !!int \"12\"            # orgs: 12";
        YAML_MERGE_KEY = "LB0105" "yaml-merge-key", "A merge key is not read.",
            "`<<` copies the entries of another map, and which entry wins is not said. Write the \
            entries out, or put what is shared into a file and name it under `use`.",
            "eu: { <<: *defaults, region: westeurope }";
        YAML_TOO_DEEP = "LB0106" "yaml-too-deep", "The nesting is too deep.",
            "Maps and lists may be nested to a limit far beyond what a scenario needs, so that a \
            file cannot exhaust the program.",
            "tags: [[[[[[[[[[…]]]]]]]]]]";
        YAML_TOO_MUCH = "LB0107" "yaml-too-much", "There is too much in the file.",
            "The number of maps, lists and values in a file is limited, so that a file cannot \
            exhaust the program. Describe a large fleet by counts.",
            "orgs: 1000000                # instead of a million entries";
        YAML_ALIAS_BOMB = "LB0108" "yaml-alias-bomb", "Aliases unfold to too much.",
            "Every `*name` stands for a copy of what `&name` marks. A few lines of aliases of \
            aliases unfold to billions of nodes, so both the aliases and what they unfold to are \
            limited. Write things out, or use fewer.",
            "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]";
        YAML_UNKNOWN_ALIAS = "LB0109" "yaml-unknown-alias", "An alias names nothing, or itself.",
            "`*name` stands for what `&name` marks earlier in the same file. A text that begins \
            with a star has to be quoted.",
            "orgs: *contoso               # no &contoso above; for the text: \"*contoso\"";
        YAML_KEY = "LB0110" "yaml-key", "A key is not a word.",
            "The keys of a map are words. A list, a map or nothing as a key is YAML, and never \
            meant: mostly braces are missing or doubled.",
            "{{ region }}: westeurope     # a template that was not filled in";
        YAML_UNCLOSED = "LB0111" "yaml-unclosed", "A bracket or a quote is not closed.",
            "What was opened at the place shown is still open where the file ends or where \
            something else begins.",
            "tags: [quarterly             # tags: [quarterly]";
        YAML_INDENT = "LB0112" "yaml-indent", "The indentation does not fit.",
            "Entries of one map, or items of one list, begin in the same column. A second colon in \
            one line also reads as a map in the wrong place: quote a text that holds `: `.",
            "title: Lost: West Europe     # title: \"Lost: West Europe\"";
        YAML_CHARACTER = "LB0113" "yaml-character", "A character may not stand here.",
            "Some characters cannot begin a plain text (`@`, `` ` ``, `%`), tabs cannot indent, and \
            control characters are not allowed at all. Quote the text, or indent with spaces.",
            "owner: @reliability          # owner: \"@reliability\"";
    }
}

code_table! {
    /// Shape: `LB0201` to `LB0299`.
    SHAPE {
        UNKNOWN_KEY = "LB0201" "unknown-key", "This key means nothing here.",
            "Keys that are not known are errors: a misspelt key that is ignored would drill \
            something else than you think. The message lists the keys that are valid in this place.",
            "fleet:\n  conectors: {}            # connectors";
        DUPLICATE_KEY = "LB0202" "duplicate-key", "A key stands twice in one map.",
            "Readers of YAML disagree on which one counts. Remove one, or rename one.",
            "orgs:\n  contoso: 12\n  contoso: 15";
        MISSING_KEY = "LB0203" "missing-key", "A key is missing.",
            "What is meant cannot be guessed, so there is no default. The message shows what to add.",
            "payments: { orgs: 12 }       # region is missing";
        WRONG_TYPE = "LB0204" "wrong-type", "Something of another kind is wanted here.",
            "Each place takes a list, a map, a word, a number or a truth value. Nothing is turned \
            from one into another silently.",
            "tags: quarterly              # tags: [quarterly]";
        OUT_OF_RANGE = "LB0205" "out-of-range", "The number is too small or too large.",
            "The bounds are those of the model, and both are allowed.",
            "operators: { size: 0 }       # nobody would ever do anything";
        BAD_TEXT = "LB0206" "bad-text", "The text is not written as it should be.",
            "Durations, instants, rates, names and the like have a grammar; the message says which \
            part does not fit it, and shows an example.",
            "lasts: 1.5d                  # lasts: 1d12h";
        NOT_ONE_OF = "LB0207" "not-one-of", "The word is not one of those that are valid here.",
            "The place takes one of a few words; the message lists them.",
            "scm: azuredevops             # scm: azure-devops";
        CHOICE = "LB0208" "choice", "One alternative is wanted, as a map with one key.",
            "A choice is a map with exactly one key, which names the alternative; what belongs to \
            it stands under that key. Two keys would be two choices, none would be no choice.",
            "fault: { region-outage: { region: westeurope, lasts: 26h } }";
        EMPTY = "LB0209" "empty", "Something is wanted here, and there is nothing.",
            "A key without a value, `~`, `null` and an empty text are not read as 'the default': \
            leave the key out for that. An empty map is `{}`, an empty list `[]`.",
            "owner:                       # leave it out, or name somebody";
        NEEDS_QUOTES = "LB0210" "needs-quotes", "A text that others read as something else.",
            "Readers of YAML take a plain `no` for false, `1e3` for a thousand and `08` for a \
            number or a text, as they please. Where a text is meant, quote it.",
            "owner: no                    # owner: \"no\"";
        BAD_NUMBER = "LB0211" "bad-number", "The number is not written as it should be.",
            "Whole numbers are decimal digits: no leading zero, no `_`, no exponent, no fraction, \
            no prefix. Readers of YAML disagree about all of those. Numbers are not quoted.",
            "orgs: 1_000                  # orgs: 1000";
        BAD_LENGTH = "LB0212" "bad-length", "There are too few or too many entries.",
            "The place takes a list or a map with a least or a greatest number of entries.",
            "empirical: []                # at least one value";
    }
}
