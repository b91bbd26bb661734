// Speaks with the browser's passkeys: the server's options in, the credential's answer out,
// both as JSON with bytes in base64url.
type Json = Record<string, unknown>;

export const passkeysHere = () => typeof globalThis.PublicKeyCredential === "function" && !!globalThis.navigator?.credentials;

function bytes(text: unknown): Uint8Array<ArrayBuffer> {
  const raw = atob(String(text).replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(raw, (c) => c.charCodeAt(0));
}

function text(buffer: ArrayBuffer | null): string | undefined {
  return buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") : undefined;
}

const ids = (list: unknown) => ((list ?? []) as Json[]).map((c) => ({ ...c, id: bytes(c.id) }) as unknown as PublicKeyCredentialDescriptor);

/** Asks the device for a fresh key pair. */
export async function makePasskey(options: Json): Promise<Json> {
  const user = options.user as Json;
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: ids(options.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return { ...frame(made), response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] } };
}

/** Asks the device to prove that its owner is there. */
export async function showPasskey(options: Json): Promise<Json> {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: ids(options.allowCredentials) } as unknown as PublicKeyCredentialRequestOptions;
  const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return {
    ...frame(shown),
    response: { clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData), signature: text(response.signature), userHandle: text(response.userHandle) },
  };
}

const frame = (c: PublicKeyCredential): Json => ({ id: c.id, rawId: text(c.rawId), type: c.type, authenticatorAttachment: c.authenticatorAttachment, clientExtensionResults: {} });
