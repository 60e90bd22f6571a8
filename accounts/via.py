"""By what somebody acts: at a page themselves, or through a program with an access token."""


def token_name(by) -> str:
    """The name of the access token that a program acts with for somebody; empty without one."""
    token = getattr(by, "token", None)
    return token.name if token else ""
