// Who the tests sign in as. The setup makes these users and keeps a session of each in a file.

import path from "node:path";

/** Where everything that a run leaves behind goes. */
export const outputDir = path.resolve(__dirname, "../../../target/end2end", process.env.SERVER_DATABASE ?? "sqlite");

/** Sessions belong to one server and go with its data. */
const sessions = path.join(process.env.SERVER_DATA ?? outputDir, "browser-sessions");

export type Person = "administrator" | "operator" | "viewer" | "stranger";

/** The name and the password, after the forced change, of each user. The stranger has no role. */
export const people: Record<Person, { name: string; password: string; role?: string }> = {
  administrator: { name: "admin", password: "correct horse battery", role: "Administrator" },
  operator: { name: "olena.operator", password: "operator horse battery", role: "Operator" },
  viewer: { name: "victor.viewer", password: "viewer horse battery", role: "Viewer" },
  stranger: { name: "sam.stranger", password: "stranger horse battery" },
};

/** The file with the session of a person, as Playwright's storageState. */
export function authFile(person: Person): string {
  return path.join(sessions, `${person}.json`);
}

export const nobody = { cookies: [], origins: [] };
