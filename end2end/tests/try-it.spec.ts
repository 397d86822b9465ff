// "Try it": a flow is talked to as it is typed, and shows each of its steps.

import { Card } from "./support/card";
import { Program } from "./support/program";
import { expect, test, visit } from "./support/test";

const waiting = `[
  { "sendText": "What is your name?" },
  { "recvMessage": { "set": "name", "timeout": 300 } },
  { "sleep": 60000 },
  { "sendText": "Nice to meet you, \${name}!" },
  { "recvMessage": { "set": "more", "timeout": 300 } }
]`;

test("a menu's button is pressed, each step is shown and leads to its node", async ({ page }) => {
  const program = new Program(page);
  await visit(page, "/flows/new/code/general?starter=menu");
  await program.ready();
  await program.openTrial();
  await program.say("Hi there");
  await program.expectSaid("How can we help?");
  await expect(program.log.getByText("Hi there")).toBeVisible();
  await program.button("Prices").click();
  await program.expectSaid("Coffee is 8, tea is 6.");
  await expect(program.steps.filter({ hasText: "sendText" }).first()).toContainText("[0].sendText");
  const received = program.steps.filter({ hasText: "recvMessage" }).filter({ hasText: "prices" }).first();
  await expect(received).toContainText("choice");
  await program.steps.filter({ hasText: "[0].sendText" }).getByRole("button").first().click();
  await expect(program.editor).toBeFocused();
  await program.expectLine(2);
  await program.trial.getByText("Variables").click();
  await expect(program.trial.getByRole("term").filter({ hasText: "start_message" })).toBeVisible();
});

test("a wait is shown and skipped, the node that waits is marked, and the run outlives typing in the editor", async ({ page }) => {
  const program = new Program(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await program.write(waiting);
  await program.openTrial();
  await program.trial.getByRole("button", { name: "Start", exact: true }).click();
  await program.expectSaid("What is your name?");
  await expect(program.trial.getByRole("status").filter({ hasText: "Waits for a message." })).toBeVisible();
  await expect(page.locator(".cm-running-first")).toContainText("recvMessage");
  await program.say("Ann");
  await expect(program.trial.getByRole("status").filter({ hasText: "Pauses." })).toBeVisible();
  await expect(page.locator(".cm-running-first")).toContainText("sleep");
  await program.trial.getByRole("button", { name: "Skip the wait" }).click();
  await expect(program.message).toBeFocused();
  await program.expectSaid("Nice to meet you, Ann!");
  await expect(program.steps.filter({ hasText: "You skipped 60 seconds." })).toBeVisible();

  await program.write('[{ "sendText": "Another program" }]');
  await program.expectSaid("Nice to meet you, Ann!");
  await program.tool("Try it").click();
  await expect(program.trial).toBeHidden();
  await program.tool("Try it").click();
  await program.expectSaid("Nice to meet you, Ann!");
  await program.trial.getByRole("button", { name: "Restart", exact: true }).click();
  await program.expectSaid("Another program");
  await expect(program.log.getByText("Nice to meet you, Ann!")).toHaveCount(0);
});

test("a file is attached, the peer leaves, and calls over HTTP are shown and not made", async ({ page, guard }) => {
  guard.allowStatus(422);
  const program = new Program(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await program.write(`[
  { "trigger": { "disconnected": [{ "log": "gone" }] } },
  { "httpRequest": { "method": "GET", "url": "https://api.example.com/orders", "responseCode": "code" } },
  { "sendText": "Code: \${code}." },
  { "recvMessage": { "set": "photo", "timeout": 300 } },
  { "sendText": "Got it: \${photo}" },
  { "recvMessage": { "set": "more", "timeout": 300 } }
]`);
  await program.openTrial();
  await expect(program.trial.getByRole("switch", { name: /Make HTTP calls for real/ })).not.toBeChecked();
  await program.say("Start");
  await program.expectSaid("Code: .");
  await expect(program.steps.filter({ hasText: "Not made:" })).toContainText("GET https://api.example.com/orders");
  await program.trial.getByRole("button", { name: "Attach a file by URL" }).click();
  const address = program.trial.getByRole("textbox", { name: "Address of the file" });
  await expect(address).toBeFocused();
  await address.fill("photo.jpg");
  await address.press("Enter");
  await expect(program.trial.getByRole("alert")).toContainText("begins with http:// or https://");
  await expect(address).toHaveValue("photo.jpg");
  await address.fill("https://example.com/photo.jpg");
  await address.press("Enter");
  await program.expectSaid("photo.jpg");
  await program.expectSaid(/Got it/);
  await program.trial.getByRole("button", { name: "The peer leaves" }).click();
  await program.expectSaid("You have left the conversation.");
  await expect(program.steps.filter({ hasText: "gone" }).first()).toBeVisible();
});

test("a flow is mended, tried, saved and chosen in a gateway", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const program = new Program(page);
  const card = new Card(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await card.field("Name").fill(`${tag} Greeter`);
  await program.write('[{ "sendTxt": "Hello, ${peer_name}!" }]');
  await program.expectMistakes(1);
  await program.write('[{ "sendText": "Hello, ${peer_name}!" }]');
  await program.expectMistakes(0);
  await program.openTrial();
  await program.say("Hi");
  await program.expectSaid(/^Hello, \w+!$/);
  await card.saved();
  await card.open(gateway.id);
  await card.chooseFlow(`${tag} Greeter`);
  await card.saved();
  expect((await api.getGateway(gateway.id)).fields.flow).toBeTruthy();
});

test("a program with mistakes does not start, and they are listed", async ({ page }) => {
  const program = new Program(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await program.write('[{ "sendTxt": "Hello" }]');
  await program.openTrial();
  await program.say("Hi");
  await expect(program.trial.getByRole("alert")).toContainText("The flow can't start: 1 mistake.");
  await program.trial.getByRole("list", { name: "Mistakes" }).getByRole("button").click();
  await expect(program.editor).toBeFocused();
  await program.write('[\n  { "sendText": "Hello" }\n]');
  await expect(program.trial.getByRole("list", { name: "Mistakes" })).toHaveCount(0);
  await expect(program.trial.getByRole("alert")).toBeEmpty();
});
