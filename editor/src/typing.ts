// Typing over a selection.

import { EditorView } from "@codemirror/view";

/**
 * Replaces the selection ourselves. Left to itself Chromium would keep the look of what is replaced in a style attribute,
 * which the page's policy refuses with a line in the console.
 */
export const typing = EditorView.domEventHandlers({
    beforeinput(event, view) {
        const { state } = view;
        const { from, to, empty } = state.selection.main;
        const text = event.inputType === "insertText" ? event.data : null;
        if (!text || empty || state.readOnly || view.composing || !event.cancelable) return false;
        const insert = () =>
            state.update(state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
        const handlers = state.facet(EditorView.inputHandler);
        if (!handlers.some((handler) => handler(view, from, to, text, insert))) view.dispatch(insert());
        event.preventDefault();
        return true;
    },
});
