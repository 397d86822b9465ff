// What belongs where in a program, by the table of its nodes.

import type { NodeInfo, ParameterInfo } from "./options";
import { ELEMENT, type Step } from "./place";

/** What is found at a path of a program. */
export type Meaning =
    /** A list of nodes. */
    | { kind: "nodes" }
    /** One node: the object with its name and the siblings of it. */
    | { kind: "node" }
    /** Somewhere in the argument of a node. */
    | { kind: "argument"; parameter: Parameter | undefined; keys: Parameter[] };

/** A parameter, with the steps of its name. */
export interface Parameter extends ParameterInfo {
    steps: Wanted[];
    /** The key that it is written with; none if it is no key of an object. */
    key: string | null;
}

/** Any key, as a step of a parameter's name. */
const ANY = Symbol("*");

type Wanted = Step | typeof ANY;

/** The nodes that a program may have. */
export class Catalogue {
    readonly siblings: Parameter[];
    readonly #parameters: Map<string, Parameter[]>;

    constructor(
        readonly nodes: NodeInfo[],
        siblings: ParameterInfo[],
    ) {
        this.siblings = siblings.map(withSteps);
        this.#parameters = new Map(nodes.map((node) => [node.name, node.parameters.map(withSteps)]));
    }

    /** Whether a node has this name. */
    has(name: string): boolean {
        return this.#parameters.has(name);
    }

    /** Says what is at a path; null where anything or nothing may be. */
    meaning(path: Step[]): Meaning | null {
        let meaning: Meaning | null = { kind: "nodes" };
        let parameters: Parameter[] = [];
        let inside: Step[] = [];
        for (const step of path) {
            if (meaning.kind === "nodes") {
                if (step !== ELEMENT) return null;
                meaning = { kind: "node" };
                continue;
            }
            if (meaning.kind === "node") {
                const own = typeof step === "string" && this.#parameters.get(step);
                [parameters, inside] = own ? [own, []] : [this.siblings, [step]];
            } else {
                inside.push(step);
            }
            meaning = argument(parameters, inside);
        }
        return meaning;
    }
}

/** The literals that a parameter offers, as JSON. */
export function literals(type: string): string[] {
    if (type === "boolean") return ["true", "false"];
    return type.split("|").map((piece) => piece.trim()).filter(isLiteral);
}

function isLiteral(text: string): boolean {
    try {
        JSON.parse(text);
        return true;
    } catch {
        return false;
    }
}

function argument(parameters: Parameter[], inside: Step[]): Meaning {
    const fits = (wanted: Wanted[], exactly: boolean) =>
        wanted.length === inside.length &&
        wanted.every((step, at) => step === inside[at] || (!exactly && step === ANY && inside[at] !== ELEMENT));
    const parameter =
        parameters.find(({ steps }) => fits(steps, true)) ?? parameters.find(({ steps }) => fits(steps, false));
    if (parameter?.type === "nodes") return { kind: "nodes" };
    const keys = parameters.filter(({ steps, key }) => key !== null && fits(steps.slice(0, -1), false));
    return { kind: "argument", parameter, keys };
}

function withSteps(info: ParameterInfo): Parameter {
    const steps = (info.name.match(/\[\]|[^.[\]]+/g) ?? []).map(wanted);
    const last = steps.at(-1);
    return { ...info, steps, key: typeof last === "string" ? last : null };
}

function wanted(step: string): Wanted {
    return step === "[]" ? ELEMENT : step === "*" ? ANY : step;
}
