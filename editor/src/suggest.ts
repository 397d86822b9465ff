// What can be completed at a position: a pure function of the document, its syntax tree and the table of nodes.

import type { Text } from "@codemirror/state";
import type { Tree } from "@lezer/common";
import { literals, type Catalogue, type Meaning, type Parameter } from "./catalogue";
import { keyOf, placeAt, textOf, type Place } from "./place";

/** One thing that can be inserted. */
export interface Suggestion {
    label: string;
    /** Shown beside the label. */
    detail: string;
    doc: string;
    /** What replaces the place, in the language of the snippets of the table. */
    template: string;
    /** Whether what is inserted can be completed in turn. */
    goesOn: boolean;
    /** What is needed comes first. */
    required: boolean;
}

/** All that fits at a place. */
export interface Suggestions {
    place: Place;
    list: Suggestion[];
}

interface Program {
    doc: Text;
    tree: Tree;
}

/** Says what fits at a position; null if nothing does. */
export function suggest(doc: Text, tree: Tree, pos: number, catalogue: Catalogue): Suggestions | null {
    const place = placeAt(doc, tree, pos);
    const meaning = place && catalogue.meaning(place.path);
    if (!meaning) return null;
    const list =
        place.role === "key" ? keys(place, meaning, catalogue) : values(place, meaning, catalogue, { doc, tree });
    return list.length > 0 ? { place, list } : null;
}

function keys({ otherKeys, next }: Place, meaning: Meaning, catalogue: Catalogue): Suggestion[] {
    const entry = (name: string, snippet: string) =>
        JSON.stringify(name) + (next === ":" ? "" : `: ${snippet || "#{}"}${comma(next)}`);
    const unused = (parameters: Parameter[]) =>
        parameters.flatMap((parameter) => {
            const { key, snippet } = parameter;
            return key === null || otherKeys.includes(key) ? [] : [ofParameter(parameter, key, entry(key, snippet))];
        });
    if (meaning.kind === "argument") return unused(meaning.keys);
    if (meaning.kind === "nodes") return [];
    const named = otherKeys.some((key) => catalogue.has(key));
    const nodes = named ? [] : catalogue.nodes.map((node) => ofNode(node, entry(node.name, node.snippet)));
    return [...nodes, ...unused(catalogue.siblings.filter(({ steps }) => steps.length === 1))];
}

function values(
    { next }: Place,
    meaning: Meaning,
    { nodes }: Catalogue,
    program: Program,
): Suggestion[] {
    if (meaning.kind === "node") {
        // A string in a list of nodes is the name of a node that has not got its braces yet.
        const whole = (name: string, snippet: string) => `{ ${JSON.stringify(name)}: ${snippet || "#{}"} }${comma(next)}`;
        return nodes.map((node) => ofNode(node, whole(node.name, node.snippet)));
    }
    if (meaning.kind === "nodes" || !meaning.parameter) return [];
    const { type, doc: about } = meaning.parameter;
    const offered = type === "tag" || type === "function" ? defined(program, type) : literals(type);
    return offered.map((literal) => ({
        label: literal.startsWith('"') ? String(JSON.parse(literal)) : literal,
        detail: "",
        doc: about,
        template: literal.replaceAll("#{", "#\\{") + comma(next) + "#{}",
        goesOn: false,
        required: false,
    }));
}

function ofNode(node: { name: string; doc: string }, template: string): Suggestion {
    return { label: node.name, detail: "", doc: node.doc, template, goesOn: false, required: false };
}

function ofParameter({ type, doc, required }: Parameter, key: string, template: string): Suggestion {
    const detail = required ? `${type}, required` : type;
    return { label: key, detail, doc, template, goesOn: literals(type).length > 0, required };
}

/** What comes next belongs to the same list or object. */
function comma(next: string): string {
    return next === "" || next === "," || next === "}" || next === "]" ? "" : ",";
}

/** The tags or the functions that the document defines, as JSON, in its order. */
function defined({ doc, tree }: Program, what: "tag" | "function"): string[] {
    const found = new Set<string>();
    tree.iterate({
        enter({ name, node }) {
            if (name !== "Property" || keyOf(doc, node) !== what) return;
            const definition =
                what === "tag"
                    ? node
                    : node.getChild("Object")?.getChildren("Property").find((property) => keyOf(doc, property) === "name");
            const string = definition?.getChild("String");
            if (string) found.add(JSON.stringify(textOf(doc, string)));
        },
    });
    return [...found];
}
