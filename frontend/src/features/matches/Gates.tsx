import type { Gate } from "../../client/views";
import type { NameOf } from "../../text/parts";
import { fill } from "../../text/say";
import { useLanguage } from "../../text/text";
import "./matches.css";

/** What stands against a pair: hard ones bar the bid, the others are marks to know of. */
export function Gates({ gates, nameOf }: { gates: Gate[]; nameOf: NameOf }) {
  const { t, language } = useLanguage();
  if (gates.length === 0) return null;
  const told = (g: Gate) => (language === "en" ? withNames(g.reason_en, g, nameOf) : g.reason) || fill(t.gates[g.code] ?? g.code, g.args);
  return (
    <ul className="gates small">
      {gates.map((g, i) => (
        <li key={i} className={g.hard ? "hard" : ""}>
          {told(g)}
        </li>
      ))}
    </ul>
  );
}

/** The English reasons name a capability by its code; a reader wants its name. */
function withNames(reason: string, g: Gate, nameOf: NameOf): string {
  const code = g.code.split(":")[1];
  return code ? reason.replace(code, `“${nameOf(code)}”`) : reason;
}
