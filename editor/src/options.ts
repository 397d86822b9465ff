// What the page and the editor say to each other. Positions are UTF-16 offsets into the document as the editor has it:
// its lines end in "\n" alone, whatever they ended in when it was given.

/** A mistake in the program. */
export interface Mistake {
    from: number;
    to: number;
    /** A sentence for people. */
    message: string;
    /** Where it is, as in `[3].if.then[0].sendText`. */
    path: string;
}

/** A parameter of a node, or a sibling of its name. */
export interface ParameterInfo {
    /**
     * The way to it from the node's argument: `set`, `file.url`, `buttons[][].caption`, `case.*` (any key). The empty
     * name is the argument itself.
     */
    name: string;
    /**
     * What it takes, shown beside its name. Four forms are understood: `nodes` (a list of nodes), `boolean`, `tag` and
     * `function` (a name that the program defines). JSON literals joined by ` | ` are offered: `"reply" | "phone"`.
     */
    type: string;
    required: boolean;
    /** A sentence about it. */
    doc: string;
    /** See {@link NodeInfo.snippet}. */
    snippet: string;
}

/** A node that a program may have. */
export interface NodeInfo {
    name: string;
    /** A sentence about it. */
    doc: string;
    /**
     * The JSON of its argument, as it is inserted. `#{word}` is a place to fill in, reached with the Tab key; `${word}` is
     * a variable of the program and stays as it is. A tab at the start of a line is one step of indentation.
     */
    snippet: string;
    parameters: ParameterInfo[];
}

/** What a page says when it mounts an editor. */
export interface Options {
    doc: string;
    /** The accessible name. */
    label: string;
    /** Ids of elements that describe the field, separated by spaces. */
    describedBy?: string;
    readOnly: boolean;
    /** The nonce that the page's policy asks of a style. */
    nonce: string;
    completions: NodeInfo[];
    /** What may stand beside the name of any node: `tag`, `break`, `limit` … */
    siblings?: ParameterInfo[];
    /** Called with each change that the user makes, at once. */
    onChange(doc: string): void;
    /** Called when the caret stands somewhere else: its line and its column in characters, both from 1. */
    onCaret?(line: number, column: number): void;
    /** Called when the document has been at rest for a moment, first of all with the one it begins with. */
    check(doc: string): Mistake[];
}
