"""Every address of the site, as the matrix calls it; a new route needs its line here, or the matrix fails.

    "route_name": Address("register"),                                   a page about the register, no argument
    "route_name": Address("places", things=PLACES, path="place"),        <int:place> in the address
    "route_name": Address("imports", method="POST", body={...}, done=302),   a form that redirects when done

about   what the oracle decides by: one of oracle.RIGHTS (places, register, imports ...), staff (any person signed
        in), anybody, gone (404 for all), door (who is inside is led on), sign-in (allauth's own pages: nothing
        may break)
things  the positions of what the address is about: PLACES, HOUSEHOLDS, BATCHES, RUNS, CASES, ROUNDS, LEADS, or NOTHING
path    the name of the argument of the address that takes the thing
query   the name of the parameter that takes the thing instead
body    what a POST sends; bytes are sent as JSON
done    the status of success
reveals values are shown in full to who may ask for them
issues  a card is printed with its code for who hands it out
"""

from dataclasses import dataclass, field
from typing import Any

NOTHING = ("",)
PLACES = ("own", "inside", "sibling", "beside", "above", "top", "unknown")
HOUSEHOLDS = ("household inside", "household outside", "household unknown")
BATCHES = ("batch inside", "batch outside", "batch of two", "batch unknown")
RUNS = ("run", "run unknown")
CASES = ("case inside", "case outside", "case unknown")
ROUNDS = ("round inside", "round outside", "round unknown")
SHEET = "programme=gd_2016&procedure=exit&law_from=2016-06-30&step=appraisal&place"
LEADS = ("lead inside", "lead outside", "lead unknown")
JOBS = ("job outside", "job unknown")
PEOPLE = ("person", "person unknown")
NOTICES = ("notice inside", "notice outside", "notice taken down", "notice unknown")
OBJECTIONS = (
    *("objection inside", "objection against the town"),
    *("objection outside", "objection against the county", "objection unknown"),
)


@dataclass(frozen=True)
class Address:
    """How the matrix calls one address, and what the oracle is told about it."""

    about: str
    things: tuple[str, ...] = NOTHING
    path: str | None = None
    query: str | None = None
    method: str = "GET"
    body: Any = field(default=None, hash=False)
    done: int = 200
    bearer: bool = False
    reveals: bool = False
    issues: bool = False
    more: dict = field(default_factory=dict, hash=False)


def of_api(about, **more):
    return Address(about, bearer=True, **more)


OPEN_TO_STAFF = (
    *("account_reauthenticate", "account_change_password", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp"),
    *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
)
CLOSED = (
    *("account_signup", "account_email", "account_email_verification_sent", "account_set_password"),
    *("account_reset_password", "account_reset_password_done", "account_reset_password_from_key_done"),
    *("account_confirm_login_code", "socialaccount_signup", "socialaccount_connections"),
)
"""What allauth brings and nobody needs here: nobody signs up or resets a password alone, and there is no mail."""

ADDRESSES = {
    "my_day": [Address("staff")],
    "places": [Address("places", done=302)],
    "place": [Address("places", things=PLACES, path="code")],
    "households": [Address("register"), Address("register", things=PLACES, query="place")],
    "search_households": [Address("register", method="POST", body={"q": "乙龘"}, done=302)],
    "keep_households": [Address("register", method="POST", body={"name": "mine"}, done=302)],
    "export_households": [Address("register", method="POST", body={}, done=302)],
    "kept_households": [Address("register", things=("search unknown",), path="number")],
    "forget_households": [Address("register", things=("search unknown",), path="number", method="POST")],
    "natural_changes": [Address("register"), Address("register", things=PLACES, query="place")],
    "export_natural_changes": [
        Address("register", method="POST", body={"place": "990101000000"}, done=302),
        Address("register", method="POST", body={"place": "990102000000"}, done=404),
    ],
    "household": [Address("register", things=HOUSEHOLDS, path="number")],
    "household_changes": [Address("register", things=HOUSEHOLDS, path="number")],
    "correct_household": [
        Address("correct", things=HOUSEHOLDS, path="number"),
        Address("correct", things=HOUSEHOLDS, path="number", method="POST", body={}, done=400),
    ],
    "change_household": [
        Address("correct", things=HOUSEHOLDS, path="number"),
        Address("correct", things=HOUSEHOLDS, path="number", method="POST", body={}, done=400),
        Address("correct", things=HOUSEHOLDS, path="number", method="POST", body={"kind": "leave"}, done=400),
    ],
    "household_card": [Address("register", things=HOUSEHOLDS, path="number", issues=True)],
    "household_handbook": [Address("register", things=HOUSEHOLDS, path="number", issues=True)],
    "renew_card": [Address("correct", things=HOUSEHOLDS[1:], path="number", method="POST", body={}, done=302)],
    "reveal_values": [
        Address("register", things=HOUSEHOLDS, path="number", method="POST", body={"reason": "1"}, reveals=True)
    ],
    "own_household": [Address("own")],
    "own_changes": [Address("own")],
    "own_card": [Address("own")],
    "own_handbook": [Address("own")],
    "imports": [Address("imports")],
    "new_import": [Address("stage"), Address("stage", method="POST", body={}, done=400)],
    "roster": [
        Address("register"),
        Address("register", method="POST", body={"place": "990101000000"}, done=302),
        Address("register", method="POST", body={"place": "990102000000"}, done=400),
    ],
    "batch": [Address("imports", things=BATCHES, path="number")],
    "approve_batch": [Address("approve", things=BATCHES, path="number", method="POST", body={}, done=400)],
    "send_back_batch": [Address("imports", things=BATCHES, path="number", method="POST", body={}, done=400)],
    "undo_batch": [
        Address("undo", things=BATCHES, path="number"),
        Address("undo", things=BATCHES[1:], path="number", method="POST", body={}),
    ],
    "returned_workbook": [Address("stage", things=BATCHES, path="number", more={"place": 0}, done=404)],
    "columns": [Address("stage", things=BATCHES, path="number", done=404)],
    "jobs": [Address("staff")],
    "job": [Address("staff", things=JOBS, path="name")],
    "job_progress": [Address("staff", things=JOBS, path="name")],
    "stop_job": [Address("staff", things=JOBS, path="name", method="POST")],
    "restart_job": [Address("staff", things=JOBS, path="name", method="POST")],
    "job_file": [Address("staff", things=JOBS, path="name", more={"number": 0})],
    "cases": [Address("cases")],
    "case_sheet": [
        Address("cases", things=PLACES, query=SHEET),
        Address("village step", things=PLACES[:2], query=SHEET, method="POST", body={}, done=400),
    ],
    "case": [
        Address("case", things=CASES, path="number"),
        Address("village step", things=CASES[:1], path="number", method="POST", body={}, done=400),
    ],
    "undo_case_acts": [Address("work", method="POST", body={}, done=302)],
    "rounds": [Address("places")],
    "open_round": [Address("open cases", method="POST", body={"run": "r-nothing"}, done=404)],
    "round": [Address("places", things=ROUNDS, path="number")],
    "round_households": [Address("register", things=ROUNDS, path="number")],
    "export_round": [Address("register", things=ROUNDS, path="number", method="POST", body={}, done=302)],
    "leads": [Address("register"), Address("register", things=PLACES, query="place")],
    "lead": [Address("register", things=LEADS, path="number")],
    "hear_household": [Address("hear household", things=LEADS, path="number", method="POST", body={}, done=400)],
    "decide_lead": [Address("decide hit", things=LEADS, path="number", method="POST", body={}, done=400)],
    "comparisons": [Address("register")],
    "new_comparison": [Address("compare"), Address("compare", method="POST", body={}, done=400)],
    "authorisations": [Address("register"), Address("register", things=PLACES, query="place")],
    "record_papers": [Address("hear household", method="POST", body={}, done=400)],
    "record_authorisation": [
        Address("hear household", things=HOUSEHOLDS, path="number", method="POST", body={}, done=302),
    ],
    "open_household_case": [
        Address("open cases", things=HOUSEHOLDS, path="number", method="POST", body={}, done=302),
    ],
    "open_place_exit": [
        Address("open cases", things=PLACES, path="code", method="POST", body={}, done=302),
    ],
    "plan_place_exit": [
        Address("plan exit", things=PLACES, path="code", method="POST", body={}, done=302),
    ],
    "runs": [Address("places")],
    "start_run": [Address("country", method="POST", body={"programme": "cn_2014", "on": "2016-12-31"})],
    "run": [Address("places", things=RUNS, path="name")],
    "people": [Address("people"), Address("people", method="POST", body={"name": ""})],
    "person": [Address("people", things=PEOPLE, path="number")],
    "open_account": [Address("people", things=PEOPLE, path="number", method="POST", body={"login": ""})],
    "give_grant": [Address("people", things=PEOPLE, path="number", method="POST", body={"role": ""})],
    "end_grant": [
        Address("people", things=PEOPLE[:1], path="number", more={"grant_number": 99_999}, method="POST", done=403)
    ],
    "notices": [Address("anybody"), Address("board", things=PLACES, query="place")],
    "notice": [Address("board", things=NOTICES, path="number")],
    "notice_pdf": [Address("board", things=NOTICES, path="number")],
    "print_notices": [
        Address("post", method="POST", body={"place": "990101000000"}, done=302),
        Address("post", method="POST", body={"place": "990102000000"}, done=404),
    ],
    "card_door": [Address("anybody"), Address("anybody", method="POST", body={}, done=400)],
    "card_page": [Address("anybody", done=302)],
    "object_to_own": [Address("anybody", method="POST", body={"words": "x"}, done=302)],
    "leave_card": [Address("anybody", method="POST", body={}, done=302)],
    "object_to": [
        Address("anybody"),
        Address("anybody", method="POST", body={}, done=400),
        Address("board", things=PLACES, query="place"),
        Address("hanging", things=NOTICES, query="notice"),
    ],
    "receipt": [Address("anybody"), Address("anybody", method="POST", body={}, done=400)],
    "appeal_answer": [Address("anybody", method="POST", body={}, done=400)],
    "objections": [Address("hear")],
    "new_objection": [
        Address("take down"),
        Address("take down", things=PLACES, query="place"),
        Address("take down", method="POST", body={}, done=400),
    ],
    "objection": [Address("hear", things=OBJECTIONS, path="number")],
    "answer_objection": [Address("hear", things=OBJECTIONS[2:], path="number", method="POST", body={})],
    "choose_language": [
        Address("anybody", method="POST", body={"language": "en", "next": "/"}, done=302),
        Address("anybody", done=405),
    ],
    "move_day": [Address("gone", method="POST", body={"days": "7"})],
    "act_as": [Address("gone", method="POST", body={"person": "李文员"})],
    "api_openapi": [Address("anybody")],
    "api_docs": [Address("anybody")],
    "api_nothing": [Address("gone", more={"rest": "nothing"})],
    "api_me": [of_api("staff")],
    "api_places": [of_api("places")],
    "api_one_place": [of_api("places", things=PLACES, path="place")],
    "api_children": [of_api("places", things=PLACES, path="place")],
    "api_runs": [of_api("places")],
    "api_one_run": [of_api("places", things=RUNS, path="run")],
    "api_indicators": [
        of_api("places"),
        of_api("places", things=PLACES, query="place"),
        of_api("places", things=RUNS, query="run"),
    ],
    "api_households": [
        of_api("register"),
        of_api("register", things=PLACES, query="place"),
        of_api("register", things=RUNS, query="run"),
    ],
    "api_search": [
        of_api("register", method="POST", body=b'{"term": "\xe7\x94\xb2"}'),
        of_api("register", method="POST", body=b'{"term": "H"}'),
        of_api("register", method="POST", body=b'{"term": "%"}'),
    ],
    "api_one_household": [of_api("register", things=HOUSEHOLDS, path="household")],
    "api_imports": [of_api("imports")],
    "api_one_import": [of_api("imports", things=BATCHES, path="batch")],
    "account_login": [Address("door")],
    "account_logout": [Address("sign-in")],
    "account_inactive": [Address("anybody")],
    "mfa_authenticate": [Address("sign-in")],
    "socialaccount_login_cancelled": [Address("anybody")],
    "socialaccount_login_error": [Address("anybody", done=401)],
    "openid_connect_login": [Address("gone", more={"provider_id": "office"})],
    "openid_connect_callback": [Address("gone", more={"provider_id": "office"})],
    "account_confirm_email": [Address("gone", more={"key": "x"})],
    "account_reset_password_from_key": [Address("gone", more={"uidb36": "1", "key": "x-y"})],
    **{name: [Address("sign-in")] for name in OPEN_TO_STAFF},
    **{name: [Address("gone")] for name in CLOSED},
}
