<%@ page contentType="text/html;charset=UTF-8" trimDirectiveWhitespaces="true" isErrorPage="true" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<%@ taglib prefix="t" tagdir="/WEB-INF/tags" %>
<c:set var="status" value="${pageContext.errorData.statusCode}"/>
<t:page title="${status eq 403 ? 'For librarians only' : status eq 404 ? 'No such page' : 'That went wrong'}">
  <p>Error ${status}, <c:out value="${pageContext.request.remoteUser}"/>.
    <a href="${pageContext.request.contextPath}/books">Back to the shelf</a></p>
</t:page>
