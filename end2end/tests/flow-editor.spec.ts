// The editor of programs: completion, mistakes, format, find, files.

import { readFile } from "node:fs/promises";
import { Card } from "./support/card";
import { Program } from "./support/program";
import { Registry } from "./support/registry";
import { expect, reload, test, visit } from "./support/test";

const wrong = '[\n  { "sendText": "Hello" },\n  { "sendTxt": "Bye" },\n  { "if": { "then": [{ "goto": "nowhere" }] } }\n]';

test("nodes and their parameters are completed from the table of nodes", async ({ page }) => {
  const program = new Program(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await program.editor.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type('[{"recv');
  await program.take("recvMessage");
  await program.expectText(/"recvMessage": \{ "set": "answer" \}/);
  await page.keyboard.type("name");
  await program.expectText(/"set": "name"/);
  await program.expectMistakes(0);
});

test("mistakes are marked, counted and lead to their place, and are mended before anything is saved", async ({ page, tag }) => {
  const program = new Program(page);
  const card = new Card(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await card.field("Name").fill(`${tag} Front desk`);
  await program.write(wrong);
  await program.expectMistakes(3);
  await expect(program.mistakes.nth(0)).toContainText("Line 3");
  await expect(program.mistakes.nth(0)).toContainText("sendText");
  await expect(program.mistakes.nth(0)).toContainText("[1].sendTxt");
  await expect(program.mistakes.nth(1)).toContainText("[2].if");
  await expect(page.locator(".cm-lintRange-error")).toHaveCount(3);
  await program.mistakes.nth(0).getByRole("button").click();
  await expect(program.editor).toBeFocused();
  await program.expectLine(3);

  await card.expectProblem("Program", /Mend the 3 mistakes/);
  await expect(card.save).toBeDisabled();
  await card.field("Name").focus();
  await page.keyboard.press("Control+s");
  await expect(program.editor).toBeFocused();
  await program.expectLine(3);
  await expect(page).toHaveURL(/\/flows\/new\/code\/general$/);

  await program.write('[\n  { "sendText": "Hello" }\n]');
  await program.expectMistakes(0);
  await card.saved();
  await expect(page).toHaveURL(/\/flows\/\d+\/general$/);
  await reload(page);
  await program.ready();
  await program.expectText('[\n  { "sendText": "Hello" }\n]');
});

test("a mistake in the second of two members with one name leads to its own place", async ({ page }) => {
  const program = new Program(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await program.write(`[
  { "if": {
    "expression": "true",
    "then": [{ "sendText": "a" }],
    "then": [
      { "sendText": "b" },
      { "sendTxt": "c" }
    ]
  } }
]`);
  await program.expectMistakes(2);
  await expect(program.mistakes.nth(1)).toContainText("[0].if.then[1].sendTxt");
  await program.mistakes.nth(1).getByRole("button").click();
  await expect(program.editor).toBeFocused();
  await program.expectLine(7);
  await program.mistakes.nth(0).getByRole("button").click();
  await program.expectLine(5);
});

test("an old mistake does not keep anybody from giving a new name", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} before`, "code", { program: '[{ "sendText": "Hello" }]' });
  const card = new Card(page);
  const program = new Program(page);
  await program.open(flow.id);
  await program.expectMistakes(0);
  await card.field("Name").fill(`${tag} after`);
  await card.saved();
});

test("a call of a flow schema that does not exist is found by the server and refused", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} caller`);
  const program = new Program(page);
  const card = new Card(page);
  await program.open(flow.id);
  await program.write('[{ "schema": { "id": 999999 } }]');
  await program.expectMistakes(1);
  await expect(program.mistakes.first()).toContainText("[0].schema");
  await expect(card.save).toBeDisabled();
  await program.write(`[{ "schema": { "id": ${flow.id} } }]`);
  await program.expectMistakes(1);
  await expect(card.save).toBeDisabled();
  await program.write('[{ "sendText": "Hello" }]');
  await card.saved();
});

test("Format lays the program out in one step that can be undone, and says why it can't", async ({ page }) => {
  const program = new Program(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  const typed = '[{"sendText":"Hello"},{"close":true}]';
  await program.write(typed);
  await program.tool("Format").click();
  await program.expectText('[\n  { "sendText": "Hello" },\n  { "close": true }\n]\n');
  await program.editor.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await program.expectText(typed);
  await program.write('[{"sendText": }]');
  await program.tool("Format").click();
  const refused = page.getByRole("alert").filter({ hasText: "The program cannot be formatted" });
  await expect(refused).toBeVisible();
  await expect(program.editor).toBeFocused();
  await page.keyboard.type('"Hello"');
  await expect(refused).toHaveCount(0);
});

test("what is typed takes the place of what is selected", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} code`, "code", { program: '[\n  { "sendText": "one" },\n  { "log": "two" }\n]' });
  const program = new Program(page);
  await program.open(flow.id);
  await program.editor.focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.type("5");
  await program.expectText("[\n5]");
  await page.keyboard.press("ControlOrMeta+z");
  await program.expectText('[\n  { "sendText": "one" },\n  { "log": "two" }\n]');
});

test("Find opens the search of the editor", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} code`, "code", { program: '[{ "sendText": "needle" }, { "log": "needle" }]' });
  const program = new Program(page);
  await program.open(flow.id);
  await program.tool("Find").click();
  const find = page.getByRole("textbox", { name: "Find" });
  await expect(find).toBeFocused();
  await find.fill("needle");
  await page.keyboard.press("Enter");
  await expect(page.locator(".cm-searchMatch")).toHaveCount(2);
  await expect(page).toHaveURL(/\/general$/);
});

test("a flow schema goes out as a file and comes back in, saved or not", async ({ page, api, tag }) => {
  const program = new Program(page);
  const card = new Card(page);
  const flow = await api.flow(`${tag} Menu`, "code", { program: '[{ "sendText": "Good day" }]', description: "Greets.", tags: "shop" });
  await program.open(flow.id);
  const saved = page.waitForEvent("download");
  await program.tool("Export").click();
  const ofServer = await readFile(await (await saved).path(), "utf8");
  expect(JSON.parse(ofServer)).toMatchObject({ name: `${tag} Menu`, description: "Greets.", program: [{ sendText: "Good day" }] });

  await program.write('[{ "sendText": "Changed" }]');
  const typed = page.waitForEvent("download");
  await program.tool("Export").click();
  const download = await typed;
  expect(download.suggestedFilename()).toBe(`${tag} Menu.json`);
  const ofPage = await readFile(await download.path(), "utf8");
  expect(JSON.parse(ofPage)).toMatchObject({ name: `${tag} Menu`, tags: ["shop"], program: [{ sendText: "Changed" }] });

  await visit(page, "/flows/new/code/general");
  await program.ready();
  await card.field("Name").fill(`${tag} Imported`);
  await program.write('[{ "log": "mine" }]');
  await importFile(page, program, "menu.json", ofPage);
  await program.expectText('[{ "sendText": "Changed" }]');
  await expect(card.field("Name")).toHaveValue(`${tag} Imported`);
  await expect(card.field("Description")).toHaveValue("Greets.");
  await expect(card.field("Tags")).toHaveValue("shop");
  await program.editor.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await program.expectText('[{ "log": "mine" }]');
  await page.keyboard.press("ControlOrMeta+y");
  await card.saved();
});

test("a file that is no flow schema is refused in words and changes nothing", async ({ page }) => {
  const program = new Program(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await program.write('[{ "log": "mine" }]');
  await importFile(page, program, "holiday.json", '{"photos": 3}');
  await expect(page.getByRole("alert").filter({ hasText: "“holiday.json” was not imported." })).toBeVisible();
  await program.expectText('[{ "log": "mine" }]');
});

async function importFile(page: import("@playwright/test").Page, program: Program, name: string, text: string): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await program.tool("Import").click();
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
}

test("New flow schema begins with a starter", async ({ page, tag }) => {
  const registry = new Registry(page, "flows");
  const program = new Program(page);
  const card = new Card(page);
  await registry.open({ q: tag });
  await registry.add.click();
  const dialog = page.getByRole("dialog", { name: "New flow schema" });
  await expect(dialog.getByRole("radio")).toHaveCount(2);
  await dialog.getByRole("radio", { name: "Code" }).check();
  const starters = dialog.getByRole("radiogroup", { name: "Begin with" });
  await expect(starters.getByRole("radio")).toHaveCount(6);
  await starters.getByRole("radio", { name: "Menu with buttons" }).check();
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page).toHaveURL("/flows/new/code/general?starter=menu");
  await program.ready();
  await program.expectMistakes(0);
  await expect(program.editor).toContainText("How can we help?");
  await card.field("Name").fill(`${tag} Shop`);
  await card.saved();
});
