"""How a person signs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from bangfu.access.models.person import Person


class Account(AbstractBaseUser):
    """The sign-in of a person (账号): a login name and a password; rights come from the person's grants alone.

    login      the name typed at the sign-in page
    is_active  False once the account was closed; it then opens no session any more
    first_password
               the password is still the one that the security administrator handed over, to be changed at once
    """

    login = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    first_password = models.BooleanField(default=True)
    event = models.ForeignKey("audit.Event", on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = BaseUserManager()

    USERNAME_FIELD = "login"

    def __str__(self) -> str:
        """Return the login."""
        return self.login
