// What an administrator meets on a fresh machine. These tests run first, one after the other, and leave the users and
// the sessions that the rest of the suite works with.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Api } from "./support/api";
import { authFile, people, type Person } from "./support/people";
import { Registry } from "./support/registry";
import { PasswordPage, SignInPage } from "./support/sign-in";
import { expect, hydrated, test, visit } from "./support/test";

test.describe.configure({ mode: "serial" });

const { administrator } = people;
const firstPassword = process.env.FIRST_PASSWORD ?? "";

test("the first administrator must change the first password, and is asked for nothing else before", async ({ page, context, guard }) => {
  guard.allowStatus(422);
  await visit(page, "/");
  await expect(page).toHaveURL(/\/sign-in\b/);
  await expect(page).toHaveTitle("Sign in · Chat Gateways");
  await new SignInPage(page).signIn(administrator.name, firstPassword);

  await expect(page).toHaveURL(/\/password\b/);
  await hydrated(page);
  await visit(page, "/chat-gateways");
  await expect(page, "no other page can be reached before").toHaveURL(/\/password\b/);

  const password = new PasswordPage(page);
  await password.change(firstPassword, "short");
  await expect(page.getByText("Use at least 10 characters.")).toBeVisible();
  await expect(page).toHaveURL(/\/password\b/);
  await password.change(firstPassword, administrator.password);
  await expect(page).toHaveURL(/\/chat-gateways\b/);

  await mkdir(path.dirname(authFile("administrator")), { recursive: true });
  await context.storageState({ path: authFile("administrator") });
});

test.describe("with the administrator's session", () => {
  test.use({ storageState: authFile("administrator") });

  test("an empty registry has a second Add button that does the same as the first", async ({ page }) => {
    const registry = new Registry(page);
    await registry.open();
    const add = page.getByRole("button", { name: "Add", exact: true });
    await expect(add).toHaveCount(2);
    for (const button of [add.first(), add.last()]) {
      await button.click();
      const dialog = page.getByRole("dialog", { name: "New chat gateway" });
      await expect(dialog).toBeVisible();
      await dialog.getByRole("button", { name: "Close" }).click();
      await expect(dialog).toBeHidden();
      await expect(button, "the focus is back").toBeFocused();
    }
    await expect(registry.range("0–0 of 0")).toBeVisible();
    await expect(registry.previous).toBeDisabled();
    await expect(registry.next).toBeDisabled();
  });

  test("an empty registry of flow schemas has a second Add button too", async ({ page }) => {
    await new Registry(page, "flows").open();
    await expect(page.getByRole("button", { name: "Add", exact: true })).toHaveCount(2);
  });

  test("users with the built-in roles can be made and sign in", async ({ playwright }) => {
    const api = await Api.signedIn(playwright, "administrator");
    for (const person of ["operator", "viewer", "stranger"] satisfies Person[]) {
      const { name, password, role } = people[person] as { name: string; password: string; role?: string };
      await api.user(name, "first password", ...(role ? [await api.roleId(role)] : []));
      const own = await Api.signedIn(playwright);
      await own.signIn(name, "first password", password);
      await own.request.storageState({ path: authFile(person) });
      await own.dispose();
    }
    await api.dispose();
  });
});
