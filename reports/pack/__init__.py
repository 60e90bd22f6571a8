"""The meeting pack: what a province or district carries into its quarterly meeting.

It has no arithmetic of its own: every number comes from `targets`. Its words are Vietnamese, not
gettext, for an official document is Vietnamese whatever language its reader has chosen.
"""
