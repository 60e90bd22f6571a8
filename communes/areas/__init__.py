"""Areas of communes for the map: read from an uploaded GeoJSON file, looked at, then applied.

`reading.read_areas` is the way in. `child` and `shapes` run in a process of their own and know
no Django.
"""
