// The versions of a program: who saved them, what they changed, and the way back.

import { Card } from "./support/card";
import { Program } from "./support/program";
import { expect, test } from "./support/test";

test("each saved program is listed, compared and can be restored", async ({ page, api, tag }) => {
  const flow = await api.flow(`${tag} code`, "code", { program: '[\n  { "sendText": "one" },\n  { "log": "same" }\n]' });
  await api.updateFlow(flow.id, { program: '[\n  { "sendText": "two" },\n  { "log": "same" }\n]' });
  await api.updateFlow(flow.id, { description: "The program stays." });
  await api.updateFlow(flow.id, { program: '[\n  { "sendText": "three" },\n  { "log": "same" }\n]' });
  const program = new Program(page);
  const card = new Card(page);
  await program.open(flow.id);
  await program.tool("Versions").click();
  const dialog = page.getByRole("dialog", { name: "Versions of the program" });
  const versions = dialog.getByRole("list", { name: "Versions" }).getByRole("button");
  await expect(versions).toHaveCount(3);
  await expect(versions.first()).toContainText("admin");
  await expect(versions.first()).toContainText("Present");
  const lines = dialog.getByRole("group", { name: "Lines" }).getByRole("listitem");
  await expect(lines.filter({ hasText: "Removed:" })).toContainText('"two"');
  await expect(lines.filter({ hasText: "Added:" })).toContainText('"three"');
  await expect(dialog.getByText("1 line added, 1 line removed")).toBeVisible();
  const restore = dialog.getByRole("button", { name: "Restore", exact: true });
  await expect(restore).toBeDisabled();

  await versions.nth(2).click();
  await expect(dialog.getByText("The first program.")).toBeVisible();
  await dialog.getByText("What has changed since").click();
  await expect(lines.filter({ hasText: "Removed:" })).toContainText('"one"');
  await expect(lines.filter({ hasText: "Added:" })).toContainText('"three"');
  await restore.click();
  await expect(dialog).toBeHidden();
  await program.expectText(/"one"/);
  await expect(card.status.filter({ hasText: "Unsaved changes" })).toBeVisible();
  await card.saved();
  await program.tool("Versions").click();
  await expect(versions).toHaveCount(4);
  await page.keyboard.press("Escape");
  await expect(program.tool("Versions")).toBeFocused();
});
