// Completion, as the editor shows it.

import {
    autocompletion,
    acceptCompletion,
    snippet,
    type Completion,
    type CompletionContext,
    type CompletionResult,
} from "@codemirror/autocomplete";
import { ensureSyntaxTree } from "@codemirror/language";
import { Prec, type Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type { Catalogue } from "./catalogue";
import type { Place } from "./place";
import { suggest, type Suggestion } from "./suggest";

/** How long completion may wait for the syntax of a long document, in milliseconds. */
const PATIENCE = 100;

/** Completes from the catalogue of the moment. */
export function completion(catalogue: () => Catalogue): Extension {
    return [
        autocompletion({
            override: [(context) => source(context, catalogue())],
            icons: false,
            compareCompletions: (a, b) => (a as Option).order - (b as Option).order,
            activateOnCompletion: (completion) => completion.type === GOES_ON,
        }),
        // Only while the list is open; else the Tab key moves on to the next field.
        Prec.high(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    ];
}

const GOES_ON = "goes-on";

/** What fits equally well stays in the order of the table. */
interface Option extends Completion {
    order: number;
}

function source({ state, pos, explicit }: CompletionContext, catalogue: Catalogue): CompletionResult | null {
    const tree = ensureSyntaxTree(state, pos, PATIENCE);
    const found = tree && suggest(state.doc, tree, pos, catalogue);
    if (!found) return null;
    const { place, list } = found;
    const asked = explicit || pos > place.from;
    if (!asked) return null;
    return {
        from: place.wordFrom,
        to: place.wordTo,
        options: list.map((suggestion, order) => option(suggestion, place, order)),
        validFor: /^[\w-]*$/,
    };
}

function option(suggestion: Suggestion, place: Place, order: number): Option {
    const { label, detail, doc, template, goesOn, required } = suggestion;
    const before = place.wordFrom - place.from;
    const after = place.to - place.wordTo;
    return {
        label,
        detail,
        order,
        info: doc || undefined,
        type: goesOn ? GOES_ON : undefined,
        boost: required ? 1 : 0,
        apply(view, completion, from, to) {
            // The place has grown with what was typed since it was found, its quotes have not.
            snippet(fields(template))(view, completion, from - before, to + after);
        },
    };
}

/** The template in CodeMirror's own language, where variables of the program would be fields and `#{600}` a number of one. */
function fields(template: string): string {
    let count = 0;
    return template.replaceAll("${", "$\\{").replace(/#\{([^{}]*)\}/g, (_, word: string) => `#{${++count}:${word}}`);
}
