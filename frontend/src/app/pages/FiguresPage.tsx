import { Link } from "@tanstack/react-router";
import { api } from "../../client/setup";
import { CountBars } from "../../features/overview/CountBars";
import { Figure, rateText } from "../../features/overview/OverviewStrip";
import { named, stateLabel } from "../../text/say";
import { useLanguage } from "../../text/text";
import { Loaded } from "../../ui/Loaded";
import { Money } from "../../ui/Money";
import { PageHead } from "../../ui/PageHead";

/** The public counts: how many, of which chain, where, and how many found a team. */
export default function FiguresPage() {
  const { t, language } = useLanguage();
  const query = api.useQuery("get", "/api/v1/overview", {});
  return (
    <div className="stack loose">
      <PageHead title={t.figures.title} lead={t.figures.lead} />
      <Loaded query={query}>
        {(o) => (
          <>
            <dl className="overview-strip">
              <Figure name={t.overview.total} value={t.count(o.total)} />
              <Figure name={t.overview.open} value={t.count(o.open)} />
              <Figure name={t.overview.awarded} value={t.count(o.awarded)} />
              <Figure name={t.figures.unfilled} value={t.count(o.unfilled)} />
              <Figure name={t.overview.fill} value={rateText(o.fill_rate)} hint={t.figures.fillHint} />
            </dl>
            <dl className="overview-strip">
              <Figure name={t.overview.bounty} value={<Money fen={o.bounty_fen} />} />
              <Figure name={t.figures.openBounty} value={<Money fen={o.open_bounty_fen} />} />
              <Figure name={t.figures.awardedBounty} value={<Money fen={o.awarded_bounty_fen} />} />
            </dl>
            <dl className="overview-strip">
              <Figure name={t.figures.alliances} value={t.count(o.alliances)} />
              <Figure name={t.figures.orgs} value={t.count(o.orgs)} />
              <Figure name={t.figures.teams} value={t.count(o.teams)} />
              <Figure name={t.figures.experts} value={t.count(o.experts)} />
            </dl>
            <div className="two">
              <CountBars title={t.figures.byChain} counts={o.chains} name={(c) => <Link to="/" search={{ chain: c.value }}>{named(c, language)}</Link>} />
              <div className="stack loose">
                <CountBars title={t.figures.byState} counts={o.states} name={(c) => <Link to="/" search={{ state: c.value }}>{stateLabel(t, "challenge", c.value)}</Link>} />
                <CountBars title={t.figures.byCity} counts={o.cities} name={(c) => <Link to="/" search={{ city: c.value }}>{named(c, language)}</Link>} />
              </div>
            </div>
            <CountBars title={t.figures.byTag} counts={o.tags} name={(c) => <Link to="/" search={{ tag: c.value }}>{named(c, language)}</Link>} />
          </>
        )}
      </Loaded>
    </div>
  );
}
