import assert from "node:assert/strict";
import { test } from "node:test";
import { ELEMENT, type Step } from "../src/place";
import { place } from "./nodes";

function where(marked: string): string | null {
    const found = place(marked);
    return found && `${found.role} ${found.path.map(written).join(" ")}`;
}

function written(step: Step): string {
    return step === ELEMENT ? "[]" : step;
}

test("a key is found in an empty object, between quotes and behind a comma", () => {
    assert.equal(where("[{|}]"), "key []");
    assert.equal(where('[{"|"}]'), "key []");
    assert.equal(where('[{ "tag": "x", "|" }]'), "key []");
    assert.equal(where('[{"if": {"|": 1}}]'), "key [] if");
});

test("a value is found behind a colon and in a list", () => {
    assert.equal(where('[{"goto": |}]'), "value [] goto");
    assert.equal(where('[{"goto": "|"}]'), "value [] goto");
    assert.equal(where('[{"calendar": {"extended": tr|}}]'), "value [] calendar extended");
    assert.equal(where("[|]"), "value []");
    assert.equal(where('[{"if": {"then": [{}, |]}}]'), "value [] if then []");
});

test("nothing is found behind a complete value, outside of everything and in a key without a colon", () => {
    assert.equal(where('[{"goto": "x" |}]'), null);
    assert.equal(where('[{"goto" |}]'), null);
    assert.equal(where("[{} |]"), null);
    assert.equal(where("[]|"), null);
    assert.equal(where("|"), null);
});

test("the other keys of the object are known, before and behind the caret", () => {
    assert.deepEqual(place('[{"a": 1, "|": 2, "c": {"d": 3}}]')?.otherKeys, ["a", "c"]);
});

test("broken documents have places too", () => {
    assert.equal(where('[{"if": {"then": [{"se|'), "key [] if then []");
    assert.equal(where('[{"if": {"then": [{\n  "se|\n  "goto": "x"'), "key [] if then []");
    assert.equal(where('[{"if": {"then": [ |'), "value [] if then []");
    assert.equal(where('[{"recvMessage": {"set": "x" "|"}}]'), "key [] recvMessage");
    assert.equal(where('[{"a": {"b": , "|"}}]'), "key [] a");
    assert.equal(where('[{"a": 1} {"|"}]'), "key []");
    assert.equal(where('[,{"|"}]'), "key []");
    assert.equal(where('[{"a": {"b": |, "c": 1}}]'), "value [] a b");
    assert.equal(where('[{"a": tru, "b": {"|'), "key [] b");
});

test("brackets, quotes and colons inside a text are text", () => {
    assert.equal(where('[{"a": "} ] \\" : {", "|"}]'), "key []");
    assert.equal(where('[{"sendText": "[{ \\"|"}]'), "value [] sendText");
});

test("letters of several bytes do not move the place", () => {
    const found = place('[{"sendText": "їжак 😀"}, {"go|to": "x"}]');
    assert.deepEqual([found?.from, found?.to, found?.next], [27, 33, ":"]);
});

test("a place is found behind much white space", () => {
    assert.equal(where(`[{"a": ${" \n".repeat(1000)}|}]`), "value [] a");
});
