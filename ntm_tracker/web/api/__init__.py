"""What the API's views share in every app: reading what was asked, answering, refusing.

A view names the form that reads its query and the serializer that describes its rows; paging,
ordering, choice of fields, kinds of files, validators, errors and the schema follow from these.
"""
