import { useMe } from "../../client/session";
import type { Term } from "../../client/views";
import { useTerms } from "../../features/catalogue/useCatalogue";
import { MuteList, SubscriptionList } from "../../features/subscriptions/SubscriptionList";
import { MuteForm, SubscribeForm } from "../../features/subscriptions/TopicForm";
import { named } from "../../text/say";
import { useLanguage } from "../../text/text";
import { useMatchText } from "../../text/useMatchText";
import { PageHead } from "../../ui/PageHead";
import { NoticeLinks } from "./NoticeLinks";
import { FormulaLink } from "./FormulaLink";

/** What a person is told of, and what he hears no more of. */
export default function SubscriptionsPage() {
  const { language } = useLanguage();
  const m = useMatchText();
  const me = useMe();
  const words = (list: Term[]) => list.map((x) => ({ value: x.code, label: named(x, language) }));
  const choices = { chain: words(useTerms("chain")), domain: words(useTerms("domain")), capability: words(useTerms("capability")), team: (me?.teams ?? []).map((x) => ({ value: x.id, label: x.name })) };
  return (
    <div className="stack loose">
      <PageHead title={m.subscriptions.title} lead={m.subscriptions.lead} side={
          <span className="row">
            <NoticeLinks />
            <FormulaLink />
          </span>
        } />
      <SubscriptionList />
      <SubscribeForm choices={choices} />
      <MuteList />
      <MuteForm choices={choices} />
    </div>
  );
}
