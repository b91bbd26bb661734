import { makePasskey, showPasskey } from "../../client/passkey";
import { Problem } from "../../client/problem";
import { body, client } from "../../client/setup";

/** The device said no, or its owner did. */
async function orGivenUp<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (failure instanceof DOMException) throw new Problem(0, failure.name === "InvalidStateError" ? "account.passkey_exists" : "account.passkey_given_up", failure.message);
    throw failure;
  }
}

/** A passkey's proof, with the ceremony it belongs to. */
export async function provePasskey(): Promise<{ ceremony: string; answer: Record<string, unknown> }> {
  const asked = body(await client.POST("/api/v1/session/passkey/begin", {}));
  return { ceremony: asked.ceremony, answer: await orGivenUp(() => showPasskey(asked.options)) };
}

/** A fresh passkey, kept under a name; recovery codes come with the first second factor. */
export async function addPasskey(password: string, name: string) {
  const asked = body(await client.POST("/api/v1/account/passkeys/begin", { body: { password } }));
  const answer = await orGivenUp(() => makePasskey(asked.options));
  return body(await client.POST("/api/v1/account/passkeys", { body: { ceremony: asked.ceremony, answer, name } }));
}
