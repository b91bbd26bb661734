import type { Me } from "../../client/views";
import { label } from "../../text/say";
import { useText } from "../../text/text";
import type { ReactNode } from "react";

/** Says which offices wait for the second factor, and leads to it. */
export function Withheld({ me, children }: { me: Me; children?: ReactNode }) {
  const t = useText();
  if (me.withheld_roles.length === 0) return null;
  return (
    <p className="note warn" role="status">
      <strong>
        {t.factor.withheld(me.withheld_roles.map((r) => label(t.roles, r)).join(t.ui.comma))}
      </strong>{" "}
      {me.second_factor ? t.factor.again : t.factor.needed} {children}
    </p>
  );
}
