import assert from "node:assert/strict";
import { test } from "node:test";
import { labels, suggestions, taken } from "./nodes";

const SIBLINGS = ["tag", "break", "limit"];
const NODES = ["sendText", "recvMessage", "if", "switch", "menu", "sendAction", "goto", "execute", "calendar", "close"];

test("a node's name is offered in every list of nodes", () => {
    assert.deepEqual(labels('[{"|"}]'), [...NODES, ...SIBLINGS]);
    assert.deepEqual(labels('[{"if": {"then": [{"|"}]}}]'), [...NODES, ...SIBLINGS]);
    assert.deepEqual(labels('[{"switch": {"case": {"[]": [{"|"}]}}}]'), [...NODES, ...SIBLINGS]);
});

test("a second name is not offered, only what may stand beside the first", () => {
    assert.deepEqual(labels('[{"close": true, "|"}]'), SIBLINGS);
    assert.deepEqual(labels('[{"tag": "x", "|"}]'), [...NODES, "break", "limit"]);
});

test("no node's name is offered where no list of nodes is", () => {
    assert.deepEqual(labels('{"|"}'), []);
    assert.deepEqual(labels('[[{"|"}]]'), []);
    assert.deepEqual(labels('[{"unknown": [{"|"}]}]'), []);
    assert.deepEqual(labels('[{"menu": {"text": [{"|"}]}}]'), []);
});

test("a parameter is offered until it is used", () => {
    assert.deepEqual(labels('[{"recvMessage": {"|"}}]'), ["set", "timeout"]);
    assert.deepEqual(labels('[{"recvMessage": {"set": "x", "|"}}]'), ["timeout"]);
    assert.deepEqual(labels('[{"recvMessage": {"|", "timeout": 5}}]'), ["set"]);
    assert.deepEqual(labels('[{"recvMessage": {"s|et": "x"}}]'), ["set", "timeout"]);
});

test("a parameter says its type, and whether it is needed", () => {
    const [set, timeout] = suggestions('[{"recvMessage": {"|"}}]');
    assert.deepEqual([set?.detail, set?.required, set?.doc], ["variable, required", true, "About set."]);
    assert.deepEqual([timeout?.detail, timeout?.required], ["seconds", false]);
});

test("what is inside a parameter is offered by its path", () => {
    assert.deepEqual(labels('[{"menu": {"buttons": [[{"|"}]]}}]'), ["caption", "type"]);
    assert.deepEqual(labels('[{"menu": {"buttons": [{"|"}]}}]'), []);
    assert.deepEqual(labels('[{"close": true, "limit": {"max": 1, "|"}}]'), ["failover"]);
});

test("fixed values are offered, quoted or not", () => {
    assert.deepEqual(labels('[{"menu": {"type": "|"}}]'), ["buttons", "inline"]);
    assert.deepEqual(labels('[{"sendAction": |}]'), ["typing", "cancel"]);
    assert.deepEqual(labels('[{"calendar": {"extended": t|}}]'), ["true", "false"]);
    assert.deepEqual(labels('[{"close": true, "break": |}]'), ["true"]);
    assert.deepEqual(labels('[{"sendText": "|"}]'), []);
});

test("tags and functions of the program are offered where they are named", () => {
    const program = (last: string) =>
        `[{"tag": "again", "close": true}, {"function": {"name": "put", "actions": [{"tag": "in", "close": 1}]}}, ${last}]`;
    assert.deepEqual(labels(program('{"goto": "|"}')), ["again", "in"]);
    assert.deepEqual(labels(program('{"execute": {"name": "|"}}')), ["put"]);
    assert.deepEqual(labels(program('{"close": 1, "limit": {"failover": "|"}}')), ["again", "in"]);
});

test("a name brings its argument, unless it has one", () => {
    assert.equal(taken('[{"se|"}]', "sendText"), '[{"sendText": "#{text}"}]');
    assert.equal(taken('[{"se|": "Hi"}]', "sendText"), '[{"sendText": "Hi"}]');
    assert.equal(taken('[{"recvMessage": {|}}]', "timeout"), '[{"recvMessage": {"timeout": #{60}}}]');
});

test("a comma follows where something comes next", () => {
    assert.equal(taken('[{| "tag": "x"}]', "sendText"), '[{"sendText": "#{text}", "tag": "x"}]');
    assert.equal(taken('[|\n{"close": true}]', "close"), '[{ "close": true },\n{"close": true}]');
    assert.equal(taken('[{"calendar": {"extended": | "name": "x"}}]', "true"), '[{"calendar": {"extended": true, "name": "x"}}]');
});

test("a string in a list of nodes becomes a node", () => {
    assert.equal(taken('["send|"]', "sendText"), '[{ "sendText": "#{text}" }]');
});

test("a value replaces its quotes, a text keeps them", () => {
    assert.equal(taken('[{"calendar": {"extended": "|"}}]', "true"), '[{"calendar": {"extended": true}}]');
    assert.equal(taken('[{"menu": {"type": "in|"}}]', "inline"), '[{"menu": {"type": "inline"}}]');
});

test("a tag that looks like a place to fill in is inserted as it is", () => {
    const [tag] = suggestions('[{"tag": "a#{b}", "goto": "|"}]');
    assert.deepEqual([tag?.label, tag?.template], ["a#{b}", '"a#\\{b}"#{}']);
});
