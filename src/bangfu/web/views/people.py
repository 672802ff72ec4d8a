"""People (人员与授权): who works here, what each may do where, and who signs in; the security administrator's page."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_POST

from bangfu.access.acting import today
from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.end_grant import end_grant
from bangfu.access.actions.grant_role import grant_role
from bangfu.access.actions.open_account import open_account
from bangfu.access.policies import Request, needs
from bangfu.access.queries import known_person, people_with_grants
from bangfu.access.roles import ROLE_NAMES, Role
from bangfu.kernel.actors import Can
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.translation import say
from bangfu.places.queries import names_of, resolve
from bangfu.places.scope import COUNTRY, Scope


class PersonForm(forms.Form):
    """A person to add."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)


class AccountForm(forms.Form):
    """The login of an account to open."""

    login = forms.RegexField(
        r"^[a-z][a-z0-9._-]{2,63}$",
        label=gettext_lazy("Login"),
        error_messages={"invalid": gettext_lazy("Use 3 to 64 small letters, digits, dots and dashes; a letter first.")},
    )


class GrantForm(forms.Form):
    """A role to give, in a place and all below it, between two days."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    place = forms.CharField(
        label=gettext_lazy("Code of the place"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Empty: the whole country."),
    )
    from_on = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    to_on = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        spoken = get_language() or ""
        given = [role for role in Role if role is not Role.HOUSEHOLD]
        roles = self.fields["role"]
        assert isinstance(roles, forms.ChoiceField)
        roles.choices = [(role.value, ROLE_NAMES[role].say(spoken)) for role in given]
        self.fields["from_on"].initial = today()

    def clean(self) -> dict[str, Any]:
        """Look that the days are in order."""
        cleaned = super().clean() or {}
        begun, ended = cleaned.get("from_on"), cleaned.get("to_on")
        if begun and ended and ended < begun:
            self.add_error("to_on", gettext("The last day lies before the first."))
        return cleaned


@needs(Can.GRANT)
def people(request: Request) -> HttpResponse:
    """List everybody who works here with their live grants, and take a new person."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_person(by=request.actor, name=form.cleaned_data["name"])
        except BangfuError as error:
            form.add_error("name", say(error, language=get_language()))
        else:
            return redirect("person", number=added.pk)
    listed = people_with_grants(request.actor, today())
    return render(request, "web/people.html", {"people": _told(listed), "form": form})


@needs(Can.GRANT)
def person(request: Request, number: int) -> HttpResponse:
    """Show one person: grants, account, and the forms that change them."""
    return _card(request, number, AccountForm(), GrantForm())


@needs(Can.GRANT)
@require_POST
def account(request: Request, number: int) -> HttpResponse:
    """Open the person's account, and show its first password this one time."""
    form = AccountForm(request.POST)
    if form.is_valid():
        found = known_person(number)
        try:
            password = open_account(by=request.actor, person=found, login=form.cleaned_data["login"])
        except BangfuError as error:
            form.add_error("login", say(error, language=get_language()))
        else:
            return _card(request, number, AccountForm(), GrantForm(), password=password)
    return _card(request, number, form, GrantForm())


@needs(Can.GRANT)
@require_POST
def grant(request: Request, number: int) -> HttpResponse:
    """Give the person a role."""
    form = GrantForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            place = resolve(Scope.everywhere(), wanted["place"].strip()).number if wanted["place"] else COUNTRY
            grant_role(
                by=request.actor,
                person=known_person(number),
                role=wanted["role"],
                place=place,
                from_on=wanted["from_on"],
                to_on=wanted["to_on"],
            )
        except BangfuError as error:
            form.add_error(None, say(error, language=get_language()))
        else:
            messages.success(request, gettext("The role is given."))
            return redirect("person", number=number)
    return _card(request, number, AccountForm(), form)


@needs(Can.GRANT)
@require_POST
def end(request: Request, number: int, grant_number: int) -> HttpResponse:
    """End a grant today."""
    end_grant(by=request.actor, grant=grant_number, last_on=_yesterday())
    messages.success(request, gettext("The role has ended; it no longer holds at the next click."))
    return redirect("person", number=number)


def _card(
    request: Request, number: int, account_form: AccountForm, grant_form: GrantForm, password: str | None = None
) -> HttpResponse:
    known_person(number)
    listed = people_with_grants(request.actor, today())
    shown = next(one for one in _told(listed) if one["id"] == number)
    told = {"person": shown, "account_form": account_form, "grant_form": grant_form, "password": password}
    return render(request, "web/person.html", told)


def _told(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the grants the names of their roles and places."""
    names = names_of({one["place"] for person in listed for one in person["grants"]})
    for one in (one for person in listed for one in person["grants"]):
        one["role_name"], one["place_name"] = ROLE_NAMES[Role(one["role"])], names.get(one["place"])
    return listed


def _yesterday() -> date:
    return date.fromordinal(today().toordinal() - 1)
