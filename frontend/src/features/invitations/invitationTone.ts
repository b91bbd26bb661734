import type { Tone } from "../../ui/StateTag";

const tones: Record<string, Tone> = { invited: "warn", accepted: "good", declined: "bad" };

export const toneOfInvitation = (state: string): Tone => tones[state] ?? "plain";
