import { useEffect, useState } from "react";
import { timeText } from "./time";
import { useUi } from "./words";

interface Props {
  until: string;
  /** Also write the instant and its zone. */
  full?: boolean;
}

/** Time left by the server's clock. The instant itself is already too late. */
export function Countdown({ until, full }: Props) {
  const { words, clockOffset } = useUi();
  const [now, setNow] = useState(() => Date.now());
  const left = Date.parse(until) - (now + clockOffset);
  const fast = left > 0 && left < 86_400_000;
  useEffect(() => {
    if (left <= 0) return;
    const timer = setInterval(() => setNow(Date.now()), fast ? 1000 : 30_000);
    return () => clearInterval(timer);
  }, [fast, left <= 0]); // eslint-disable-line react-hooks/exhaustive-deps -- restarts only when the pace changes

  const s = Math.floor(Math.max(0, left) / 1000);
  const text = left <= 0 ? words.passed : words.left(Math.floor(s / 86400), Math.floor((s % 86400) / 3600), Math.floor((s % 3600) / 60), s % 60);
  const style = left <= 0 ? "past" : left < 3 * 86_400_000 ? "soon" : "";
  return (
    <span className={`countdown ${style}`} role="timer">
      {text}
      {full && (
        <span className="muted small">
          {" · "}
          {timeText(until, words.locale)} {words.zone}
        </span>
      )}
    </span>
  );
}
