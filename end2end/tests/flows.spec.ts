// Flow schemas: creation, the program, removal, and what the registry of gateways shows of them.

import { Card } from "./support/card";
import { Program } from "./support/program";
import { Registry } from "./support/registry";
import { expect, reload, test, visit } from "./support/test";

test("a code schema is created with name, description, tags and program, edited and removed", async ({ page, tag }) => {
  const registry = new Registry(page, "flows");
  const card = new Card(page);
  const program = new Program(page);
  await registry.open({ q: tag });
  await registry.add.click();
  const dialog = page.getByRole("dialog", { name: "New flow schema" });
  await expect(dialog.getByRole("radio")).toHaveCount(2);
  await dialog.getByRole("radio", { name: "Code" }).check();
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page).toHaveURL(/\/flows\/new\/code/);
  await expect(card.save).toBeDisabled();
  await card.field("Name").fill(`${tag} Front desk`);
  await card.field("Description").fill("Greets.");
  await card.field("Tags").fill("support, night");
  await program.ready();
  await program.write('[\n  { "sendText": "Good day" }\n]');
  await card.saved();
  await expect(page).toHaveURL(/\/flows\/\d+\/general$/);
  await reload(page);
  await expect(card.heading).toHaveText(`${tag} Front desk`);
  await expect(card.field("Description")).toHaveValue("Greets.");
  await program.ready();
  await program.expectText('[\n  { "sendText": "Good day" }\n]');
  await card.field("Description").fill("Greets at night.");
  await card.saved();

  await registry.open({ q: tag });
  const row = registry.row(`${tag} Front desk`);
  await expect(row).toContainText("Code");
  await expect(row).toContainText("support");
  await expect(row).toContainText("night");
  await registry.edit(`${tag} Front desk`).click();
  await expect(page).toHaveURL(/\/flows\/\d+\/general$/);
  await expect(card.field("Description")).toHaveValue("Greets at night.");
  await registry.open({ q: tag });
  await registry.remove(`${tag} Front desk`).click();
  await registry.yes();
  await expect(row).toHaveCount(0);
});

test("a diagram schema is created and opens in its constructor", async ({ page, tag }) => {
  const registry = new Registry(page, "flows");
  const card = new Card(page);
  await registry.open({ q: tag });
  await registry.add.click();
  const dialog = page.getByRole("dialog", { name: "New flow schema" });
  await dialog.getByRole("radio", { name: "Diagram" }).check();
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page).toHaveURL(/\/flows\/new\/diagram/);
  await card.field("Name").fill(`${tag} Assistant`);
  await card.saved();
  await registry.open({ q: tag });
  await expect(registry.row(`${tag} Assistant`)).toContainText("Diagram");
  await registry.link(`${tag} Assistant`).click();
  await expect(page).toHaveURL(/\/flows\/\d+\/(constructor|general)$/);
});

test("a syntax error in the program is shown with its line", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} Front desk`);
  const card = new Card(page);
  const program = new Program(page);
  await program.open(flow.id);
  await program.write('[\n  {"sendText": }\n]');
  await program.expectMistakes(1);
  await expect(program.mistakes.first()).toContainText("Line 2");
  await card.expectProblem("Program", /Line 2|Mend the mistake/);
  await expect(card.save).toBeDisabled();
  await program.write("{}");
  await program.expectMistakes(1);
  await expect(card.save).toBeDisabled();
  await program.write("[]");
  await program.expectMistakes(0);
  await card.field("Name").fill(`${tag} Reception`);
  await card.saved();
});

test("a flow schema that a gateway uses is not removed, and the gateway is named", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} used`);
  await api.gateway({ name: `${tag} Alpha`, flow: flow.id });
  const registry = new Registry(page, "flows");
  await registry.open({ q: tag });
  await expect(registry.row(`${tag} used`)).toContainText("1");
  await registry.remove(`${tag} used`).click();
  await registry.yes();
  await expect(page.getByText(new RegExp(`used by “${tag} Alpha”`)).first()).toBeVisible();
  await registry.shows(`${tag} used`);
});

test("a flow schema's new name appears in the registry of gateways, and a taken name is refused", async ({ page, api, tag, guard }) => {
  guard.allowStatus(409, 422);
  const flow = await api.flow(`${tag} before`);
  await api.flow(`${tag} taken`);
  await api.gateway({ name: `${tag} Alpha`, flow: flow.id });
  const card = new Card(page);
  await visit(page, `/flows/${flow.id}/general`);
  await card.field("Name").fill(`${tag} TAKEN`);
  await card.save.click();
  await card.expectProblem("Name", /name is taken/i);
  await card.field("Name").fill(`${tag} after`);
  await card.saved();
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.row(`${tag} Alpha`).getByRole("link", { name: `${tag} after` })).toBeVisible();
});

test("a flow schema that was removed in the meantime is refused at the card's Flow field", async ({ page, api, tag, guard }) => {
  guard.allowStatus(422);
  const flow = await api.flow(`${tag} soon gone`);
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await card.open(gateway.id);
  await card.chooseFlow(flow.fields.name ?? "");
  await api.call("flows/remove", { ids: [flow.id] });
  await card.save.click();
  await card.expectProblem("Flow", /was removed/);
});
