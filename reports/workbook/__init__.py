"""The summary workbook (biểu tổng hợp): every commune and criterion, and all indicator values.

It has no arithmetic of its own: every number comes from `targets`. Its words are Vietnamese, not
gettext. The import of summary workbooks (`criteria.summary`) reads back what stands here, so
headings and labels are words that it knows.
"""
