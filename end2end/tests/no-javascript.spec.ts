// Without JavaScript: reading, searching, sorting, paging, saving a card, signing in.

import { Card } from "./support/card";
import { nobody, people } from "./support/people";
import { Registry } from "./support/registry";
import { SignInPage } from "./support/sign-in";
import { expect, test } from "./support/test";

test.use({ javaScriptEnabled: false });

// Switching JavaScript off is told as a refusal to load the scripts.
test.beforeEach(({ guard }) => guard.allow(/^request failed: \S+\.js csp$/));

test("the registry can be read, searched, sorted and turned", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} flow`);
  await api.gateway({ name: `${tag} b`, flow: flow.id, provider: "viber" });
  await api.gateways(`${tag} a`, `${tag} c`);
  const registry = new Registry(page);
  await page.goto("/chat-gateways");
  await expect(registry.heading).toBeVisible();
  await registry.search.fill(tag);
  await registry.search.press("Enter");
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === tag);
  const names = () => registry.table.getByRole("link", { name: new RegExp(`^${tag} [abc]$`) });
  await expect(names()).toHaveText([`${tag} b`, `${tag} a`, `${tag} c`]);
  await expect(registry.row(`${tag} b`).getByRole("img", { name: "Viber" })).toBeVisible();
  await expect(registry.link(`${tag} flow`)).toBeVisible();
  await registry.sortBy("Name");
  await expect(names()).toHaveText([`${tag} a`, `${tag} b`, `${tag} c`]);
  await registry.size.fill("2");
  await registry.size.press("Enter");
  await expect(names()).toHaveText([`${tag} a`, `${tag} b`]);
  await expect(registry.range("1–2 of 3")).toBeVisible();
  await registry.next.click();
  await expect(names()).toHaveText([`${tag} c`]);
  await expect(registry.size).toHaveValue("2");
  await registry.previous.click();
  await expect(names()).toHaveText([`${tag} a`, `${tag} b`]);
  await registry.searchFor(`${tag} c`);
  await expect(names()).toHaveText([`${tag} c`]);
  await registry.link(`${tag} c`).click();
  await expect(page.getByRole("heading", { level: 1, name: `${tag} c` })).toBeVisible();
});

test("nothing is shown that would do nothing", async ({ page, api, tag }) => {
  await api.gateway({ name: `${tag} a` });
  const registry = new Registry(page);
  await page.goto(`/chat-gateways?q=${tag}`);
  await expect(registry.link(`${tag} a`)).toBeVisible();
  await expect(registry.selectAll).toBeHidden();
  await expect(registry.remove(`${tag} a`)).toBeHidden();
  await expect(registry.checkbox(`${tag} a`)).toBeHidden();
});

test("a card is saved, and a form that is refused comes back as it was typed", async ({ page, api, tag, guard }) => {
  guard.allowStatus(422);
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await page.goto(`/chat-gateways/${gateway.id}/general`);
  await card.field("Name").fill(`${tag} Beta`);
  await card.save.click();
  await expect(page).toHaveURL(new RegExp(`/chat-gateways/${gateway.id}/general\\?saved=1$`));
  await expect(page.getByText("Saved").first()).toBeVisible();
  await expect(card.field("Name")).toHaveValue(`${tag} Beta`);
  expect((await api.getGateway(gateway.id)).fields.name).toBe(`${tag} Beta`);

  await card.field("Name").fill("  ");
  await card.field("Callback").fill("https://typed.example.com/replies");
  await card.save.click();
  await expect(page.getByText("Enter a name.").first()).toBeVisible();
  await expect(card.field("Callback")).toHaveValue("https://typed.example.com/replies");
  const kept = await api.getGateway(gateway.id);
  expect(kept.fields.name).toBe(`${tag} Beta`);
  expect(kept.fields["settings.webhook"]).not.toContain("typed");
});

test("a new gateway is chosen, filled in and saved, with its flow schema", async ({ page, api, tag }) => {
  // Among the first by name: without JavaScript those alone are offered.
  const flow = await api.flow(`! ${tag} flow`);
  const card = new Card(page);
  await page.goto("/chat-gateways");
  await new Registry(page).add.click();
  await expect(page).toHaveURL(/\/chat-gateways\/new/);
  await page.getByRole("radio", { name: "Custom Chat Gateway" }).check();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page).toHaveURL(/\/chat-gateways\/new\/custom/);
  await card.field("Name").fill(`${tag} Alpha`);
  await page.getByRole("combobox", { name: "Flow" }).filter({ visible: true }).selectOption({ label: flow.fields.name ?? "" });
  await card.field("App Secret").fill("typed-without-script");
  await card.field("Callback").fill("https://crm.example.com/replies");
  await card.save.click();
  await expect(page).toHaveURL(/\/chat-gateways\/\d+\/general/);
  expect(await api.namesOfGateways(tag)).toEqual([`${tag} Alpha`]);
});

test("a flow schema begins with a starter, and its program is written in a plain field", async ({ page, api, tag, guard }) => {
  guard.allowStatus(422);
  const card = new Card(page);
  await page.goto("/flows");
  await new Registry(page, "flows").add.click();
  await expect(page).toHaveURL(/\/flows\/new/);
  await page.getByRole("radio", { name: "Code" }).check();
  await page.getByRole("radio", { name: "Menu with buttons" }).check();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page).toHaveURL("/flows/new/code/general?starter=menu");
  await expect(card.field("Program")).toHaveValue(/How can we help/);
  await expect(page.getByRole("button", { name: "Format" })).toBeHidden();
  await card.field("Name").fill(`${tag} Shop`);
  await card.field("Program").fill('[\n  { "sendTxt": "Hello" }\n]');
  await card.save.click();
  await expect(card.field("Program")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("list", { name: "Mistakes" })).toContainText("[0].sendTxt");
  await expect(card.field("Program")).toHaveValue(/sendTxt/);
  await card.field("Program").fill('[\n  { "sendText": "Hello" }\n]');
  await card.save.click();
  await expect(page).toHaveURL(/\/flows\/\d+\/general\?saved=1$/);
  const id = Number(/flows\/(\d+)/.exec(page.url())?.[1]);
  const saved = await api.call<{ fields: Record<string, string> }>("flows/get", { id });
  expect(JSON.parse(saved.fields.program ?? "")).toEqual([{ sendText: "Hello" }]);
});

test("saving over somebody else's change is refused with what has changed", async ({ page, api, tag, guard }) => {
  guard.allowStatus(409);
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const card = new Card(page);
  await page.goto(`/chat-gateways/${gateway.id}/general`);
  await api.updateGateway(gateway.id, { name: `${tag} Theirs` });
  await card.field("Callback").fill("https://mine.example.com/replies");
  await card.save.click();
  await expect(page.getByText(/admin has changed this chat gateway/)).toBeVisible();
  await expect(card.field("Callback")).toHaveValue("https://mine.example.com/replies");
  expect((await api.getGateway(gateway.id)).fields["settings.webhook"]).not.toContain("mine");
});

test("the log and the conversations are read, narrowed and acted upon", async ({ page, api, tag }) => {
  const program = '[{ "sendText": "Good day" }, { "recvMessage": { "set": "answer" } }]';
  const flow = await api.flow(`${tag} flow`, "code", { program });
  const fields = { "settings.webhook": "https://10.0.0.5/replies" };
  const gateway = await api.gateway({ name: `${tag} Alpha`, flow: flow.id, fields, enabled: true });
  await api.say(gateway, "Hello");
  await expect.poll(() => api.trouble(gateway.id)).toBe(1);
  await page.goto(`/chat-gateways/${gateway.id}/general`);
  await expect(page.getByRole("button", { name: "Test connection" })).toBeHidden();
  await expect(page.getByRole("region", { name: "Health" })).toContainText("Misconfigured");
  await new Card(page).tab("Deliveries").click();
  const table = page.getByRole("table", { name: "Deliveries" });
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(page.getByLabel("Name", { exact: false }).filter({ visible: true }), "the form's tabs are folded away").toHaveCount(0);
  await page.getByLabel("Result").selectOption({ label: "failed" });
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page).toHaveURL(/[?&]result=failed/);
  await expect(table.getByRole("row")).toHaveCount(2);
  await table.getByRole("link", { name: "Good day" }).click();
  await expect(page.getByRole("heading", { name: "To Olha" })).toBeVisible();
  const address = page.url().replace(/\?.*/, "");
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(page).toHaveURL(address);
  await expect.poll(() => api.trouble(gateway.id)).toBe(1);
  await new Card(page).tab("Conversations").click();
  await page.getByRole("table", { name: "Conversations" }).getByRole("link", { name: "Olha" }).click();
  await page.getByRole("button", { name: "End conversation" }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("admin ended the conversation.")).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test.describe("signed out", () => {
  test.use({ storageState: nobody });

  test("one signs in, a wrong password comes back with the name, and the asked page follows", async ({ page, guard }) => {
    guard.allowStatus(401, 403, 422);
    await page.goto("/flows?size=5");
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await new SignInPage(page).signIn(people.viewer.name, "certainly wrong");
    await expect(page.getByText("The name or the password is wrong.")).toBeVisible();
    await expect(new SignInPage(page).name).toHaveValue(people.viewer.name);
    await new SignInPage(page).password.fill(people.viewer.password);
    await new SignInPage(page).button.click();
    await expect(page).toHaveURL(/\/flows\?size=5$/);
    await expect(new Registry(page, "flows").heading).toBeVisible();
  });
});
