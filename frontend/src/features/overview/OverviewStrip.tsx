import type { ReactNode } from "react";
import "./overview.css";
import { api } from "../../client/setup";
import { useText } from "../../text/text";
import { Money } from "../../ui/Money";

/** The public counts, in one line. Shows nothing rather than an error: the list matters more. */
export function OverviewStrip() {
  const t = useText();
  const { data } = api.useQuery("get", "/api/v1/overview", {}, { staleTime: 60_000 });
  return (
    <dl className="overview-strip">
      <Figure name={t.overview.open} value={data && t.count(data.open)} />
      <Figure name={t.overview.total} value={data && t.count(data.total)} />
      <Figure name={t.overview.bounty} value={data && <Money fen={data.bounty_fen} />} />
      <Figure name={t.overview.fill} value={data && rateText(data.fill_rate)} />
    </dl>
  );
}

export const rateText = (rate: number): string => `${Math.round(rate * 100)}%`;

export function Figure({ name, value, hint }: { name: string; value: ReactNode; hint?: string }) {
  return (
    <div title={hint}>
      <dt>{name}</dt>
      <dd className="number">{value ?? "…"}</dd>
    </div>
  );
}
