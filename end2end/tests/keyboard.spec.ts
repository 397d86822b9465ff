// Everything with the keyboard alone.

import type { Page } from "@playwright/test";
import { Card } from "./support/card";
import { Program } from "./support/program";
import { Registry } from "./support/registry";
import { expect, hydrated, settled, test, visit } from "./support/test";

/** Presses Tab until an element has the focus. */
async function tabTo(page: Page, target: ReturnType<Page["locator"]>, most = 60): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    if (await target.evaluateAll((found) => found.includes(document.activeElement as HTMLElement))) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("a gateway is created, enabled, searched and deleted without a pointer", async ({ page, api, tag }) => {
  test.slow();
  await api.flow(`${tag} flow`);
  const name = `${tag} Alpha`;
  const registry = new Registry(page);
  const card = new Card(page);
  await registry.open();
  await tabTo(page, registry.add);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New chat gateway" });
  await expect(dialog).toBeVisible();
  await tabTo(page, dialog.getByRole("radio", { checked: true }));
  await page.keyboard.press("ArrowUp");
  await expect(dialog.getByRole("radio", { name: "Custom Chat Gateway" })).toBeChecked();
  await tabTo(page, dialog.getByRole("button", { name: "Create", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/chat-gateways/new/custom/general");

  await tabTo(page, card.field("Name"));
  await page.keyboard.type(name);
  await tabTo(page, card.flow);
  await page.keyboard.type(`${tag} fl`);
  await expect(card.flowOptions).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(card.flow).toHaveValue(`${tag} flow`);
  await tabTo(page, card.field("App Secret"));
  await page.keyboard.type("typed-secret");
  await tabTo(page, card.field("Callback"));
  await page.keyboard.type("https://crm.example.com/replies");
  await page.keyboard.press("Control+s");
  await card.saidSaved();

  await registry.open();
  await page.keyboard.press("/");
  await expect(registry.search).toBeFocused();
  await page.keyboard.type(tag);
  await registry.shows(name);
  await tabTo(page, registry.toggle(name));
  await page.keyboard.press("Space");
  await expect(registry.toggle(name)).toHaveAttribute("aria-checked", "true");
  await tabTo(page, registry.remove(name));
  await page.keyboard.press("Enter");
  await expect(registry.dialog).toBeVisible();
  await tabTo(page, registry.dialog.getByRole("button", { name: "Yes", exact: true }));
  await page.keyboard.press("Enter");
  await expect(registry.row(name)).toHaveCount(0);
  expect(await api.namesOfGateways(tag)).toEqual([]);
});

test("a flow is written, tried and saved without a pointer", async ({ page, tag }) => {
  test.slow();
  const card = new Card(page);
  const program = new Program(page);
  await visit(page, "/flows/new/code/general");
  await program.ready();
  await tabTo(page, card.field("Name"));
  await page.keyboard.type(`${tag} Echo`);
  await tabTo(page, program.editor);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type('[{"sendTe');
  await program.take("sendText");
  await page.keyboard.type("You said ${start_message}");
  await program.expectText('[{"sendText": "You said ${start_message}"}]');
  await program.expectMistakes(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Tab");
  await expect(program.tool("Try it")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(program.message).toBeFocused();
  await page.keyboard.type("hello");
  await page.keyboard.press("Enter");
  await program.expectSaid("You said hello");
  await tabTo(page, program.steps.first().getByRole("button"));
  await page.keyboard.press("Enter");
  await expect(program.editor).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(program.editor).not.toBeFocused();
  await page.keyboard.press("Control+s");
  await card.saidSaved();
  await expect(page).toHaveURL(/\/flows\/\d+\/general$/);
});

test("n adds, r refreshes, ? helps, and none of them acts inside a field", async ({ page, tag }) => {
  const registry = new Registry(page);
  await registry.open({ q: tag });
  const dialog = page.getByRole("dialog", { name: "New chat gateway" });
  await page.keyboard.press("n");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  const answer = page.waitForResponse("**/api/gateways/list");
  await page.keyboard.press("r");
  await answer;
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: /keyboard shortcuts/i });
  await expect(help).toBeVisible();
  for (const key of ["/", "n", "r", "?"]) await expect(help.getByText(key, { exact: true }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await registry.search.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("nr?");
  await settled(page);
  await expect(dialog).toBeHidden();
  await expect(help).toBeHidden();
  await expect(registry.search).toHaveValue(`${tag}nr?`);
});

test("the shortcuts can be switched off, and that is remembered", async ({ page }) => {
  const registry = new Registry(page);
  await registry.open();
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: /keyboard shortcuts/i });
  const choice = help.getByRole("switch").or(help.getByRole("checkbox")).first();
  await choice.uncheck();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  for (const turn of ["at once", "after a reload"]) {
    await page.keyboard.press("n");
    await settled(page);
    await expect(page.getByRole("dialog"), turn).toHaveCount(0);
    await page.reload();
    await hydrated(page);
  }
});

test("the first Tab offers to skip to the content", async ({ page }) => {
  await new Registry(page).open();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
