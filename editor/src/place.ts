// Where in a JSON document the caret stands. The syntax tree recovers from mistakes, so this works on broken documents.

import type { Text } from "@codemirror/state";
import type { SyntaxNode, Tree } from "@lezer/common";

/** The step of a path that goes into a list. */
export const ELEMENT = Symbol("[]");

/** A step of a path: into a list, or by a key into an object. */
export type Step = string | typeof ELEMENT;

/** A place where something can be completed. */
export interface Place {
    /** Whether a key of an object belongs here, or a value. */
    role: "key" | "value";
    /** The way from the document to the object of the key, or to the value. */
    path: Step[];
    /** The other keys of the innermost object; none if the innermost is a list. */
    otherKeys: string[];
    /** What would be replaced, with its quotes. */
    from: number;
    to: number;
    /** What has been typed, without quotes. */
    wordFrom: number;
    wordTo: number;
    /** The first character behind it that is no space; empty at the end. */
    next: string;
}

/** Finds the place at a position; none where nothing fits, as behind a complete value. */
export function placeAt(doc: Text, tree: Tree, pos: number): Place | null {
    const token = stringAround(tree, pos) ?? openStringBefore(doc, pos) ?? wordAround(doc, pos);
    const before = lastCharacter(doc, token.from);
    const container = before && containerAt(tree, before.end);
    if (!container) return null;

    const shared = { ...token, next: firstCharacter(doc, token.to) };
    const path = pathOf(doc, container);
    if (container.name === "Array") {
        if (before.text !== "[" && before.text !== ",") return null;
        return { ...shared, role: "value", path: [...path, ELEMENT], otherKeys: [] };
    }
    const properties = container.getChildren("Property");
    if (before.text === ":") {
        const property = properties.findLast((property) => property.from < token.from);
        const key = property && keyOf(doc, property);
        return key == null ? null : { ...shared, role: "value", path: [...path, key], otherKeys: [] };
    }
    // A key without a comma before it is a key, but only once it has begun; directly behind a string is no place at all.
    const begun = token.wordFrom > token.from;
    if (before.text !== "{" && before.text !== "," && !begun) return null;
    const otherKeys = properties
        .filter((property) => property.from !== token.from)
        .map((property) => keyOf(doc, property))
        .filter((key) => key != null);
    return { ...shared, role: "key", path, otherKeys };
}

/** The key of a property; null as long as it has none. */
export function keyOf(doc: Text, property: SyntaxNode): string | null {
    const name = property.getChild("PropertyName");
    return name && textOf(doc, name);
}

/** The text that a string in the document stands for. */
export function textOf(doc: Text, string: SyntaxNode): string {
    const source = doc.sliceString(string.from, string.to);
    try {
        return String(JSON.parse(source));
    } catch {
        return source.slice(1, -1);
    }
}

type Token = Pick<Place, "from" | "to" | "wordFrom" | "wordTo">;

function stringAround(tree: Tree, pos: number): Token | null {
    const { name, from, to } = tree.resolveInner(pos, -1);
    const inside = (name === "String" || name === "PropertyName") && from < pos && pos < to;
    return inside ? { from, to, wordFrom: from + 1, wordTo: to - 1 } : null;
}

/** A string that its line does not end. */
function openStringBefore(doc: Text, pos: number): Token | null {
    const line = doc.lineAt(pos);
    const text = line.text.slice(0, pos - line.from);
    const open = /^(?:[^"]|"(?:[^"\\]|\\.)*")*"((?:[^"\\]|\\.)*)$/.exec(text);
    const wordFrom = open && pos - (open[1] ?? "").length;
    return wordFrom == null ? null : { from: wordFrom - 1, to: pos, wordFrom, wordTo: pos };
}

function wordAround(doc: Text, pos: number): Token {
    const line = doc.lineAt(pos);
    const at = pos - line.from;
    const from = pos - (/[\w-]*$/.exec(line.text.slice(0, at))?.[0].length ?? 0);
    const to = pos + (/^[\w-]*/.exec(line.text.slice(at))?.[0].length ?? 0);
    return { from, to, wordFrom: from, wordTo: to };
}

/** The innermost object or list that is still open at a position. */
function containerAt(tree: Tree, pos: number): SyntaxNode | null {
    for (let node: SyntaxNode | null = tree.resolveInner(pos, -1); node; node = node.parent) {
        const end = node.name === "Object" ? "}" : node.name === "Array" ? "]" : null;
        if (end && (pos < node.to || node.lastChild?.name !== end)) return node;
    }
    return null;
}

function pathOf(doc: Text, container: SyntaxNode): Step[] {
    const path: Step[] = [];
    for (let node = container.parent; node; node = node.parent) {
        if (node.name === "Array") path.unshift(ELEMENT);
        else if (node.name === "Property") path.unshift(keyOf(doc, node) ?? "");
    }
    return path;
}

const CHUNK = 256;

function lastCharacter(doc: Text, pos: number): { text: string; end: number } | null {
    for (let end = pos; end > 0; end -= CHUNK) {
        const text = doc.sliceString(Math.max(0, end - CHUNK), end).trimEnd();
        if (text) return { text: text.slice(-1), end: Math.max(0, end - CHUNK) + text.length };
    }
    return null;
}

function firstCharacter(doc: Text, pos: number): string {
    for (let from = pos; from < doc.length; from += CHUNK) {
        const text = doc.sliceString(from, from + CHUNK).trimStart();
        if (text) return text.slice(0, 1);
    }
    return "";
}
