// Every URL of the product, in one table. Each page is a chunk of its own.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, type RouterHistory } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { session } from "../client/session";
import { refresh } from "../client/setup";
import { withWords } from "../text/text";
import { ErrorPage, NotFoundPage } from "./shell/ErrorPage";
import { Frame } from "./shell/Frame";

const root = createRootRoute({ component: Frame, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

type Load = () => Promise<{ default: ComponentType }>;
type Search = Record<string, string | undefined>;
const strings = (raw: Record<string, unknown>): Search => Object.fromEntries(Object.entries(raw).map(([k, v]) => [k, v === undefined ? undefined : String(v)]));

/** A page that the words of the first load are enough for. */
const light = <P extends string>(path: P, load: Load) => createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load), validateSearch: strings });

const open = <P extends string>(path: P, load: Load) => light(path, () => withWords(load));

/** A page for those who are signed in; others are led to the sign-in page and back. */
const signedIn = <P extends string>(path: P, load: Load) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(() => withWords(load)),
    validateSearch: strings,
    beforeLoad: async ({ location }) => {
      if (session.me()) return;
      if (session.worthRefreshing() && (await refresh())) return;
      throw redirect({ to: "/sign-in", search: { to: location.href } });
    },
  });

const tree = root.addChildren([
  light("/", () => import("./pages/ChallengeListPage")),
  light("/challenges/$id", () => import("./pages/ChallengeDetailPage")),
  open("/batches", () => import("./pages/BatchesPage")),
  open("/needs", () => import("./pages/NeedPoolPage")),
  open("/figures", () => import("./pages/FiguresPage")),
  open("/register", () => import("./pages/RegisterPage")),
  open("/set-up", () => import("./pages/SetUpPage")),
  open("/forgot-password", () => import("./pages/ForgotPage")),
  open("/reset-password", () => import("./pages/ResetPage")),
  open("/unsubscribe/$token", () => import("./pages/UnsubscribePage")),
  open("/join", () => import("./pages/JoinPage")),
  light("/sign-in", () => import("./pages/SignInPage")),
  open("/sign-in/oidc", () => import("./pages/OidcPage")),
  open("/teams/$id", () => import("./pages/TeamPage")),
  open("/challenges/$id/ranking", () => import("./pages/RankingPage")),
  open("/challenges/$id/award", () => import("./pages/AwardPage")),
  open("/orgs/$id", () => import("./pages/OrgPage")),
  open("/alliances/$id", () => import("./pages/AlliancePage")),
  open("/registers", () => import("./pages/RegistersPage")),
  light("/matches/formula", () => import("./pages/FormulaPage")),

  signedIn("/workbench", () => import("./pages/WorkbenchPage")),
  signedIn("/teams/$id/matches", () => import("./pages/TeamMatchesPage")),
  signedIn("/challenges/$id/bid", () => import("./pages/BidPage")),
  signedIn("/desk/bids", () => import("./pages/InboxPage")),
  signedIn("/challenges/$id/compare", () => import("./pages/ComparePage")),
  signedIn("/bids/$id", () => import("./pages/BidShowPage")),
  signedIn("/bids/$id/receipt", () => import("./pages/ReceiptPage")),
  signedIn("/desk/challenges", () => import("./pages/DeskPage")),
  signedIn("/desk/challenges/$id/edit", () => import("./pages/DraftPage")),
  signedIn("/desk/needs", () => import("./pages/NeedDeskPage")),
  signedIn("/needs/$id", () => import("./pages/NeedPage")),
  signedIn("/needs/$id/edit", () => import("./pages/NeedEditPage")),
  signedIn("/desk/orgs", () => import("./pages/VerifyDeskPage")),
  signedIn("/desk/people", () => import("./pages/PeoplePage")),
  signedIn("/integrity", () => import("./pages/IntegrityPage")),
  signedIn("/officer", () => import("./pages/OfficerPage")),
  signedIn("/officer/challenges/$id", () => import("./pages/OfficerChallengePage")),
  signedIn("/expert", () => import("./pages/ExpertPage")),
  signedIn("/expert/reviews/$id", () => import("./pages/ReviewPage")),
  signedIn("/expert/profile", () => import("./pages/ExpertProfilePage")),
  signedIn("/experts/$id", () => import("./pages/ExpertProfilePage")),
  signedIn("/notices", () => import("./pages/NoticesPage")),
  signedIn("/trail/$kind/$id", () => import("./pages/TrailPage")),
  signedIn("/account", () => import("./pages/AccountPage")),
  signedIn("/account/notices", () => import("./pages/NoticeSettingsPage")),
  signedIn("/webhooks", () => import("./pages/WebhooksPage")),
  signedIn("/letters", () => import("./pages/OutboxPage")),
  signedIn("/account/subscriptions", () => import("./pages/SubscriptionsPage")),
]);

export function makeRouter(history?: RouterHistory) {
  return createRouter({ routeTree: tree, defaultPreload: "intent", scrollRestoration: true, ...(history && { history }) });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
