import { dateText, timeText } from "./time";
import { useWords } from "./words";

interface Props {
  at?: string;
  /** Only the day. */
  day?: boolean;
  seconds?: boolean;
}

export function Time({ at, day, seconds }: Props) {
  const words = useWords();
  if (!at) return <span className="muted">{words.none}</span>;
  return (
    <time dateTime={at} title={words.zone} className="number nowrap">
      {day ? dateText(at, words.locale) : timeText(at, words.locale, seconds)}
    </time>
  );
}

/** The last day of a period that ends with an instant which no longer belongs to it. */
export function LastDay({ until }: { until: string }) {
  return <Time day at={new Date(Date.parse(until) - 1).toISOString()} />;
}
