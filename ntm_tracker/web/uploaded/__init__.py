"""Tables that people upload: read in a process of their own, refused when they are hostile.

`reading.read_tables` is the way in. All else but `refusals` runs in the child and knows no
Django.
"""
