// Seed 1 and 1.4: the elements of the page and of a row.

import { Registry } from "./support/registry";
import { expect, hydrated, test } from "./support/test";

test("the page has its five elements and the table its columns in order", async ({ page, api, tag }) => {
  await api.gateway({ name: `${tag} Alpha` });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.add).toBeVisible();
  await expect(registry.search).toHaveValue(tag);
  await expect(registry.refresh).toBeVisible();
  await expect(registry.table).toBeVisible();
  await expect(registry.size).toHaveValue("10");
  await expect(registry.range("1–1 of 1")).toBeVisible();
  const headers = registry.table.getByRole("columnheader");
  await expect(headers).toHaveCount(8);
  await expect(headers.nth(0).getByRole("checkbox", { name: "Select all on this page" })).toBeVisible();
  for (const [index, name] of ["Name", "URI", "Flow", "Provider", "State"].entries()) {
    await expect(headers.nth(index + 1)).toHaveAccessibleName(name);
  }
});

test("a row shows checkbox, name, URI, flow, emblem, state, edit and delete, in this order", async ({ page, api, tag, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const flow = await api.flow(`${tag} Front desk`);
  const uri = `/${tag}`;
  await api.gateway({ name: `${tag} Alpha`, provider: "viber", flow: flow.id, uri });
  const name = `${tag} Alpha`;
  const registry = new Registry(page);
  await registry.open({ q: tag });
  const cells = registry.row(name).getByRole("cell");
  await expect(cells).toHaveCount(8);
  await expect(cells.nth(0).getByRole("checkbox", { name: `Select ${name}` })).toBeVisible();
  await expect(cells.nth(1).getByRole("link", { name, exact: true })).toHaveAttribute("href", /\/chat-gateways\/\d+\/general/);
  await expect(cells.nth(2)).toContainText(uri);
  await expect(cells.nth(3).getByRole("link", { name: flow.fields.name })).toBeVisible();
  await expect(cells.nth(4).getByRole("img", { name: "Viber" })).toBeVisible();
  await expect(cells.nth(4).locator("[data-tip='Viber'], [title='Viber']").first()).toBeVisible();
  await expect(cells.nth(5).getByRole("switch", { name: `Enable ${name}` })).toHaveAttribute("aria-checked", "false");
  await expect(cells.nth(6).getByRole("link", { name: `Edit ${name}` })).toBeVisible();
  await expect(cells.nth(7).getByRole("button", { name: `Delete ${name}` })).toBeVisible();

  await cells.nth(2).getByRole("button", { name: /^Copy/ }).click();
  await expect(registry.status.filter({ hasText: /copied/i }).first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(new RegExp(`^https?://.*/chat${uri}$`));
});

test("a code schema opens on its General tab, a diagram schema in the constructor, and no flow is a dash", async ({ page, api, tag }) => {
  const code = await api.flow(`${tag} code`, "code");
  const diagram = await api.flow(`${tag} diagram`, "diagram");
  await api.gateway({ name: `${tag} A`, flow: code.id });
  await api.gateway({ name: `${tag} B`, flow: diagram.id });
  await api.gateway({ name: `${tag} C` });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await expect(registry.row(`${tag} C`).getByRole("cell").nth(3)).toContainText("—");
  await registry.link(code.fields.name).click();
  await expect(page).toHaveURL(`/flows/${code.id}/general`);
  await page.goBack();
  await hydrated(page);
  await registry.link(diagram.fields.name).click();
  await expect(page).toHaveURL(`/flows/${diagram.id}/constructor`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(diagram.fields.name);
});

test("every messenger has its emblem with its name", async ({ page, api, tag }) => {
  const labels = {
    telegram_bot: "Telegram Bot",
    telegram_app: "Telegram App",
    infobip: "Infobip",
    messenger: "Messenger",
    viber: "Viber",
    web_chat: "Web chat",
    custom: "Custom Chat Gateway",
  } as const;
  for (const provider of Object.keys(labels) as (keyof typeof labels)[]) {
    await api.gateway({ name: `${tag} ${provider}`, provider });
  }
  const registry = new Registry(page);
  await registry.open({ q: tag });
  for (const [provider, label] of Object.entries(labels)) {
    const emblem = registry.row(`${tag} ${provider}`).getByRole("img", { name: label, exact: true });
    await expect(emblem).toBeVisible();
    expect(await emblem.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }
});

test("the name and the editing tool both open the General tab", async ({ page, api, tag }) => {
  const gateway = await api.gateway({ name: `${tag} Alpha` });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await registry.link(`${tag} Alpha`).click();
  await expect(page).toHaveURL(`/chat-gateways/${gateway.id}/general`);
  await page.goBack();
  await registry.edit(`${tag} Alpha`).click();
  await expect(page).toHaveURL(`/chat-gateways/${gateway.id}/general`);
  await expect(page.getByRole("main").getByLabel(/^Name/)).toHaveValue(`${tag} Alpha`);
});
