// A small table of nodes, and a way to write a document with the caret in it.

import { jsonLanguage } from "@codemirror/lang-json";
import { Text } from "@codemirror/state";
import { Catalogue } from "../src/catalogue";
import type { ParameterInfo } from "../src/options";
import { placeAt, type Place } from "../src/place";
import { suggest, type Suggestion } from "../src/suggest";

function parameter(name: string, type: string, snippet = '"#{}"', required = false): ParameterInfo {
    return { name, type, required, doc: `About ${name}.`, snippet };
}

export const catalogue = new Catalogue(
    [
        { name: "sendText", doc: "Sends.", snippet: '"#{text}"', parameters: [parameter("", "text")] },
        {
            name: "recvMessage",
            doc: "Waits.",
            snippet: '{ "set": "#{name}" }',
            parameters: [parameter("set", "variable", '"#{name}"', true), parameter("timeout", "seconds", "#{60}")],
        },
        {
            name: "if",
            doc: "Branches.",
            snippet: '{ "expression": "#{}", "then": [] }',
            parameters: [parameter("expression", "text"), parameter("then", "nodes", "[]"), parameter("else", "nodes", "[]")],
        },
        {
            name: "switch",
            doc: "Branches.",
            snippet: "{}",
            parameters: [parameter("variable", "text"), parameter("case", "cases", "{}"), parameter("case.*", "nodes", "[]")],
        },
        {
            name: "menu",
            doc: "Offers.",
            snippet: "{}",
            parameters: [
                parameter("text", "text"),
                parameter("type", '"buttons" | "inline"'),
                parameter("buttons[][].caption", "text"),
                parameter("buttons[][].type", '"reply" | "phone"'),
            ],
        },
        { name: "sendAction", doc: "Types.", snippet: "{}", parameters: [parameter("", '"typing" | "cancel"')] },
        { name: "goto", doc: "Jumps.", snippet: '"#{tag}"', parameters: [parameter("", "tag")] },
        { name: "execute", doc: "Calls.", snippet: "{}", parameters: [parameter("name", "function")] },
        { name: "calendar", doc: "Asks.", snippet: "{}", parameters: [parameter("extended", "boolean")] },
        { name: "close", doc: "Ends.", snippet: "true", parameters: [] },
    ],
    [
        parameter("tag", "text"),
        parameter("break", "true", "true"),
        parameter("limit", "object", "{}"),
        parameter("limit.max", "number", "#{3}"),
        parameter("limit.failover", "tag"),
    ],
);

function caret(marked: string): { doc: Text; tree: ReturnType<typeof jsonLanguage.parser.parse>; pos: number } {
    const pos = marked.indexOf("|");
    const source = marked.slice(0, pos) + marked.slice(pos + 1);
    return { doc: Text.of(source.split("\n")), tree: jsonLanguage.parser.parse(source), pos };
}

/** The place of the bar in a document. */
export function place(marked: string): Place | null {
    const { doc, tree, pos } = caret(marked);
    return placeAt(doc, tree, pos);
}

/** What fits at the bar in a document. */
export function suggestions(marked: string): Suggestion[] {
    const { doc, tree, pos } = caret(marked);
    return suggest(doc, tree, pos, catalogue)?.list ?? [];
}

/** The labels of what fits at the bar. */
export function labels(marked: string): string[] {
    return suggestions(marked).map(({ label }) => label);
}

/** The document after a suggestion has been taken, with its places to fill in as they are written; a last empty one is left out. */
export function taken(marked: string, label: string): string {
    const { doc, tree, pos } = caret(marked);
    const found = suggest(doc, tree, pos, catalogue);
    const suggestion = found?.list.find((one) => one.label === label);
    if (!found || !suggestion) throw new Error(`${label} is not suggested in ${marked}`);
    const { from, to } = found.place;
    return doc.sliceString(0, from) + suggestion.template.replace(/#\{\}$/, "") + doc.sliceString(to);
}
